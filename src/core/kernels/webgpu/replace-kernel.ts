import * as tf from '@tensorflow/tfjs';
import type { WebgpuBackend } from './backend.ts';

const BACKEND = 'webgpu';

/**
 * Puts a kernel in front of the stock one of tfjs's `webgpu` backend, which keeps the calls that are
 * not ours.
 *
 * @param isOurs by the call's inputs and attributes, which are `Arguments` together
 * @throws Error if the stock kernel is not there: `@tensorflow/tfjs-backend-webgpu` registers it
 */
export function replaceKernel<Arguments>(
  kernelName: string,
  isOurs: (args: Arguments) => boolean,
  run: (backend: WebgpuBackend, args: Arguments) => tf.TensorInfo,
): void {
  const stock = tf.getKernel(kernelName, BACKEND);
  if (!stock) {
    throw new Error(`tfjs's ${BACKEND} backend has no ${kernelName}: it is not imported yet`);
  }
  tf.unregisterKernel(kernelName, BACKEND);
  tf.registerKernel({
    ...stock,
    kernelFunc: (call) => {
      const args = { ...call.inputs, ...call.attrs } as unknown as Arguments;
      return isOurs(args) ? run(call.backend as WebgpuBackend, args) : stock.kernelFunc(call);
    },
  });
}
