/** A thread that helps with the kernels. `kernel-threads.ts` starts it. */
import { serve, type ThreadSetup } from '../core/kernels/simd/threads/thread.ts';

self.onmessage = ({ data }: MessageEvent<ThreadSetup>) => {
  void serve(data, () => self.postMessage('ready'));
};
