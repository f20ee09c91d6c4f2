import * as tf from '@tensorflow/tfjs';
import { RECURRENT_FORWARD } from '../spec/recurrent.ts';
import { registerRecurrentKernels } from '../spec/register-recurrent.ts';
import type { WebglBackend } from './backend.ts';
import { recurrentBackward } from './recurrent-backward.ts';
import { recurrentForward } from './recurrent-forward.ts';
import { registerUnsortedSegmentSumWebgl } from './unsorted-segment-sum.ts';

const BACKEND = 'webgl';

/**
 * Batches differ in how many words they have, and so in their tensors' shapes, and tfjs keeps unused
 * textures of every size. Beyond this much GPU memory they are deleted instead.
 */
const POOL_BYTES = 512 * 2 ** 20;

/** Whether the kernels are there, and if not, why. */
export type WebglRegistration =
  | { readonly registered: true }
  | {
      readonly registered: false;
      readonly reason: 'no-webgl2' | 'no-float32-textures';
      /** One sentence for the reader. */
      readonly detail: string;
    };

/**
 * Registers the kernels of this folder for tfjs's `webgl` backend, where the GPU has what they need:
 * WebGL 2, and float32 textures to draw to (float16 is too coarse to sum gradients over hundreds of
 * steps). Limits the GPU memory that tfjs keeps for later. Calling again changes nothing.
 *
 * @throws Error if the stock kernels of the backend are not there
 */
export function registerWebgl(): WebglRegistration {
  if (tf.env().getNumber('WEBGL_VERSION') !== 2) {
    return { registered: false, reason: 'no-webgl2', detail: 'There is no WebGL 2 here.' };
  }
  if (!tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED')) {
    return {
      registered: false,
      reason: 'no-float32-textures',
      detail: 'WebGL 2 draws no float32 textures here, only float16.',
    };
  }
  if (!tf.getKernel(RECURRENT_FORWARD, BACKEND)) register();
  return { registered: true };
}

function register(): void {
  tf.env().set('WEBGL_DELETE_TEXTURE_THRESHOLD', POOL_BYTES);
  registerUnsortedSegmentSumWebgl();
  registerRecurrentKernels<WebglBackend>(BACKEND, {
    forward: recurrentForward,
    backward: recurrentBackward,
  });
}
