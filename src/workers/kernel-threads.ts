/** Threads for the kernels in a browser: workers of the compute worker. */
import type { StartThread } from '../core/kernels/simd/threads/recruit.ts';

/** Starts a thread that helps with the kernels. */
export const startThread: StartThread = async (setup) => {
  const worker = new Worker(new URL('./kernel-thread.worker.ts', import.meta.url), {
    type: 'module',
    name: 'kernel-thread',
  });
  try {
    await new Promise<void>((resolve, reject) => {
      worker.onmessage = () => resolve();
      worker.onerror = ({ message }) => reject(new Error(message || 'A thread did not load.'));
      worker.postMessage(setup);
    });
  } catch (error) {
    worker.terminate();
    throw error;
  }
  return () => worker.terminate();
};
