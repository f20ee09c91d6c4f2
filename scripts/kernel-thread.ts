/** The entry of a thread that `kernel-threads.ts` starts. */
import { parentPort, workerData } from 'node:worker_threads';
import { serve, type ThreadSetup } from '../src/core/kernels/simd/threads/thread.ts';

await serve(workerData as ThreadSetup, () => parentPort!.postMessage('ready'));
