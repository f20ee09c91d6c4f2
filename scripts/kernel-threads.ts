/** Threads for the kernels in Node. */
import { Worker } from 'node:worker_threads';
import type { StartThread } from '../src/core/kernels/simd/threads/recruit.ts';

const ENTRY = new URL('kernel-thread.ts', import.meta.url);

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
