import type { Heap } from '../heap.ts';
import { Desk } from './desk.ts';
import { type Helper, SHARED_KERNELS } from './team.ts';
import type { ThreadSetup } from './thread.ts';

/**
 * Starts a thread that runs `serve` of `thread.ts`.
 *
 * @returns once it is ready; calling the result ends the thread
 * @throws Error if it does not start
 */
export type StartThread = (setup: ThreadSetup) => Promise<() => void>;

/** How the kernels come by more threads than the calling one. */
export interface Threads {
  readonly start: StartThread;
  /** Threads in all; by default {@link threadCount}. */
  readonly count?: number | undefined;
}

/** More threads than this have too few rows of a batch each. */
const MOST = 8;

/** How many threads compute on a machine with so many cores: one core is left to the page. */
export function threadCount(cores = globalThis.navigator?.hardwareConcurrency ?? 1): number {
  return Math.min(Math.max(cores - 1, Math.min(cores, 2)), MOST);
}

/** Threads start in milliseconds; where one takes longer than this, something keeps it. */
const START_LIMIT_MS = 10_000;

/**
 * Starts helpers for the calling thread, all at once.
 *
 * @throws Error from the first that does not start; none is left behind
 */
export async function recruit(
  start: StartThread,
  count: number,
  heap: Heap,
  module: WebAssembly.Module,
): Promise<Helper[]> {
  const starts = Array.from({ length: count }, async (): Promise<Helper> => {
    const address = heap.allocate(Desk.BYTES);
    const { memory } = heap;
    const setup = { module, memory, desk: address, kernels: SHARED_KERNELS };
    const desk = new Desk(memory, address);
    return { desk, stop: await inTime(start(setup)) };
  });
  const results = await Promise.allSettled(starts);
  const failed = results.find((result) => result.status === 'rejected');
  const helpers = results.flatMap((result) =>
    result.status === 'fulfilled' ? [result.value] : [],
  );
  if (!failed) return helpers;
  for (const { stop } of helpers) stop();
  throw failed.reason;
}

async function inTime(started: Promise<() => void>): Promise<() => void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      // Should it come after all, it is not needed any more.
      started.then((stop) => stop()).catch(() => {});
      reject(new Error(`A thread did not start within ${START_LIMIT_MS / 1000} s.`));
    }, START_LIMIT_MS);
  });
  try {
    return await Promise.race([started, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
