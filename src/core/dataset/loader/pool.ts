/**
 * Runs `job` over all items, at most `limit` at once, starting them in order. The first failure
 * (or an abort) aborts the jobs under way; the promise rejects with it once all of them have ended.
 */
export async function runPool<Item>(
  items: readonly Item[],
  limit: number,
  job: (item: Item, signal: AbortSignal) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const onAbort = () => controller.abort(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  const queue = items.values();
  const runner = async () => {
    for (const item of queue) {
      controller.signal.throwIfAborted();
      await job(item, controller.signal);
    }
  };
  let failure: { readonly reason: unknown } | undefined;
  const runners = Array.from({ length: Math.min(limit, items.length) }, () =>
    runner().catch((reason: unknown) => {
      failure ??= { reason };
      controller.abort(reason);
    }),
  );
  await Promise.all(runners);
  signal?.removeEventListener('abort', onAbort);
  if (failure !== undefined) throw failure.reason;
}
