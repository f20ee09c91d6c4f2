import * as tf from '@tensorflow/tfjs';
import { ContextLostError } from '../kernels/webgl/context-lost-error.ts';
import { liveDevice } from '../kernels/webgpu/backend.ts';
import type { WebgpuBackend } from '../kernels/webgpu/backend.ts';
import { DeviceLostError } from '../kernels/webgpu/device-lost-error.ts';

/** The part of tfjs's WebGL backend that knows its context. */
interface WebglBackend {
  readonly gpgpu: { readonly gl: WebGL2RenderingContext };
}

/**
 * Whether the current backend has lost its GPU, whatever error that first showed itself as: the fused
 * kernels say so, but TensorFlow.js's own fail in their own ways, or give zeros.
 *
 * @returns the loss, or undefined if the GPU is there or there is none
 */
export function gpuLoss(error?: unknown): Error | undefined {
  if (error instanceof ContextLostError || error instanceof DeviceLostError) return error;
  const backend: unknown = tf.backend();
  if (tf.getBackend() === 'webgl') {
    const { gl } = (backend as WebglBackend).gpgpu;
    return gl.isContextLost() ? new ContextLostError('Training') : undefined;
  }
  if (tf.getBackend() !== 'webgpu') return undefined;
  try {
    liveDevice(backend as WebgpuBackend);
    return undefined;
  } catch (loss) {
    return loss as Error;
  }
}
