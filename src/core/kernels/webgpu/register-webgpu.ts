import * as tf from '@tensorflow/tfjs';
import { RECURRENT_BACKWARD, RECURRENT_FORWARD } from '../spec/recurrent.ts';
import type {
  RecurrentAttrs,
  RecurrentBackwardAttrs,
  RecurrentBackwardInputs,
  RecurrentForwardInputs,
} from '../spec/recurrent.ts';
import type { WebgpuBackend } from './backend.ts';
import { recurrentBackward } from './recurrent-backward.ts';
import { recurrentForward } from './recurrent-forward.ts';
import { registerSumWebgpu } from './sum.ts';
import { registerUnsortedSegmentSumWebgpu } from './unsorted-segment-sum.ts';

const BACKEND = 'webgpu';

/**
 * Registers the kernels of this folder for tfjs's `webgpu` backend, whose own kernels have to be
 * there before (import `@tensorflow/tfjs-backend-webgpu`). Calling again changes nothing.
 *
 * @throws Error if they are not there
 */
export function registerWebgpu(): void {
  if (tf.getKernel(RECURRENT_FORWARD, BACKEND)) return;
  registerSumWebgpu();
  registerUnsortedSegmentSumWebgpu();
  tf.registerKernel({
    kernelName: RECURRENT_FORWARD,
    backendName: BACKEND,
    kernelFunc: ({ inputs, backend, attrs }) =>
      recurrentForward(
        backend as WebgpuBackend,
        inputs as unknown as RecurrentForwardInputs<tf.TensorInfo>,
        attrs as unknown as RecurrentAttrs,
      ),
  });
  tf.registerKernel({
    kernelName: RECURRENT_BACKWARD,
    backendName: BACKEND,
    kernelFunc: ({ inputs, backend, attrs }) =>
      recurrentBackward(
        backend as WebgpuBackend,
        inputs as unknown as RecurrentBackwardInputs<tf.TensorInfo>,
        attrs as unknown as RecurrentBackwardAttrs,
      ),
  });
}
