/** Threads for the kernels in Node. */
import { Worker } from 'node:worker_threads';
import type { StartThread, Threads } from '../src/core/kernels/simd/threads/recruit.ts';

const ENTRY = new URL('kernel-thread.ts', import.meta.url);
const MOST_THREADS = 64;

/** Starts a thread that helps with the kernels. It does not keep the process alive. */
export const startThread: StartThread = async (setup) => {
  const worker = new Worker(ENTRY, { workerData: setup, execArgv: [] });
  worker.unref();
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`A thread ended early, with code ${code}.`)));
  });
  return () => void worker.terminate();
};

/**
 * What `--threads` asks for: 0 and 1 are the calling thread alone, nothing is as many as the machine
 * is good for.
 *
 * @throws Error if it is no number of threads
 */
export function threadsFrom(given: string | undefined): Threads {
  if (given === undefined) return { start: startThread };
  const count = Number(given);
  if (!/^\d+$/.test(given) || count > MOST_THREADS) {
    throw new Error(`--threads must be a whole number from 0 to ${MOST_THREADS}, not ${given}.`);
  }
  return { start: startThread, count };
}
