import * as tf from '@tensorflow/tfjs';

/** Bytes on the GPU, or in the memory of the SIMD kernels. */
export function bytesHeld(): number {
  const { heap } = tf.backend() as { heap?: { readonly used: number } };
  const { numBytesInGPU = 0 } = tf.memory() as { numBytesInGPU?: number };
  return heap?.used ?? numBytesInGPU;
}
