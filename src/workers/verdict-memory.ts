import type { VerdictMemory, VerdictStore } from '../core/kernels/verdicts.ts';

const CACHE = 'unrolled-engines';

/**
 * Where this browser keeps what the tests of the engines found: in Cache Storage, beside the reviews.
 * A build's worker has its content's hash in its address, so new code is tested anew. The development
 * server's has not: there nothing is kept.
 */
export function verdictMemory(baseUrl: string): VerdictMemory | undefined {
  if (!import.meta.env.PROD) return undefined;
  const url = new URL('engine-verdicts.json', new URL(baseUrl, self.location.href)).href;
  return { store: cacheStore(url), version: self.location.href };
}

/** One text under an address of its own, which is never fetched. */
function cacheStore(url: string): VerdictStore {
  return {
    read: async () => {
      const cache = await caches.open(CACHE);
      return (await cache.match(url))?.text();
    },
    write: async (text) => {
      const cache = await caches.open(CACHE);
      await cache.put(url, new Response(text));
    },
  };
}
