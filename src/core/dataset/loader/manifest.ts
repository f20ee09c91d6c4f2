import { ConnectionError, persist } from './connection.ts';
import { DataError, messageOf } from './errors.ts';
import type { FileSourceOptions } from './files.ts';
import { checkStatus, request } from './request.ts';
import { parseManifest } from '../manifest.ts';
import type { Manifest } from '../types.ts';

export const MANIFEST_FILE = 'manifest.json';

/**
 * Reads the manifest from the server, revalidated at each visit, and keeps it for visits without a
 * connection, for which the kept one serves. Without either, the connection is waited for.
 *
 * Files in the cache that a fresh manifest no longer names are removed.
 *
 * @throws DataError, or the signal's reason.
 */
export async function loadManifest(
  options: FileSourceOptions,
  signal: AbortSignal,
  onWaiting?: () => void,
): Promise<Manifest> {
  const { cache, connection } = options;
  const freshOrKept = async () => {
    try {
      return await freshManifest(options, signal);
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      const kept = await cache.read(MANIFEST_FILE);
      if (kept === undefined) throw error;
      return parse(kept);
    }
  };
  return persist(freshOrKept, { file: MANIFEST_FILE, connection, signal, onWaiting });
}

interface FetchedManifest {
  readonly manifest: Manifest;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

async function freshManifest(options: FileSourceOptions, signal: AbortSignal): Promise<Manifest> {
  const { bytes, manifest } = await fetchManifest(options, 'no-cache', signal).catch(
    (error: unknown) => {
      if (!(error instanceof DataError)) throw error;
      return fetchManifest(options, 'reload', signal);
    },
  );
  const { vocabulary, shards, texts } = manifest;
  const named = [vocabulary, ...shards, ...texts].map(({ file }) => file);
  await options.cache.prune([MANIFEST_FILE, ...named]);
  await options.cache.write(MANIFEST_FILE, bytes);
  return manifest;
}

function fetchManifest(
  options: FileSourceOptions,
  cache: RequestCache,
  signal: AbortSignal,
): Promise<FetchedManifest> {
  const url = new URL(MANIFEST_FILE, options.baseUrl).href;
  const asked = { ...options, url, file: MANIFEST_FILE, cache, signal };
  return request(asked, async (response, step) => {
    checkStatus(response, MANIFEST_FILE);
    const bytes = new Uint8Array(await step(response.arrayBuffer()));
    return { bytes, manifest: parse(bytes) };
  });
}

function parse(bytes: Uint8Array): Manifest {
  try {
    return parseManifest(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (error) {
    const problem = `cannot be read (${messageOf(error)})`;
    throw new DataError('format', MANIFEST_FILE, problem, { cause: error });
  }
}
