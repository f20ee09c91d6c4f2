import type { Calls, RunningCall } from '../../client/index.ts';
import type { Latest } from './latest.ts';

/** What a progress says of the end, besides the figures. */
interface Ending<P> {
  with(change: { readonly state: 'finished' | 'stopped' }): P;
}

/** Calls of the worker that train. */
type Training = 'trainModel' | 'race';

/**
 * Follows a training of the worker: each value is the newest progress. Whoever leaves the iterator stops
 * the training.
 *
 * @param after the progress after an event
 * @param settle takes what the training has made, before the last progress
 */
export async function* followTraining<K extends Training, P extends Ending<P>>(
  call: RunningCall<K>,
  progress: Latest<P>,
  after: (progress: P, event: Calls[K]['event']) => P,
  settle: (result: Calls[K]['result']) => void,
): AsyncGenerator<P, void, undefined> {
  const finished = follow(call, progress, after).then(
    (result) => {
      settle(result);
      progress.set(progress.value.with({ state: result.outcome }));
      progress.end();
    },
    (error: unknown) => progress.end(error),
  );
  try {
    yield* progress.read();
  } finally {
    call.stop();
    await finished;
  }
}

async function follow<K extends Training, P>(
  call: RunningCall<K>,
  progress: Latest<P>,
  after: (progress: P, event: Calls[K]['event']) => P,
): Promise<Calls[K]['result']> {
  for await (const event of call) progress.set(after(progress.value, event));
  return call.result;
}
