import * as tf from '@tensorflow/tfjs';
import { RECURRENT_FORWARD } from '../spec/recurrent.ts';
import { registerRecurrentKernels } from '../spec/register-recurrent.ts';
import type { WebgpuBackend } from './backend.ts';
import { registerMatMulWebgpu } from './mat-mul.ts';
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
  registerMatMulWebgpu();
  registerSumWebgpu();
  registerUnsortedSegmentSumWebgpu();
  registerRecurrentKernels<WebgpuBackend>(BACKEND, {
    forward: recurrentForward,
    backward: recurrentBackward,
  });
}
