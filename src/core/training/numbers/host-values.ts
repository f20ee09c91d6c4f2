import * as tf from '@tensorflow/tfjs';
import { SimdBackend } from '../../kernels/simd/backend.ts';

/**
 * The numbers of a float32 tensor where they lie, if that is the CPU's memory: a view that holds
 * until the next tensor is made. Undefined on a GPU, where reading costs a round trip.
 */
export function hostValues(tensor: tf.Tensor): Float32Array | undefined {
  const backend = tf.backend();
  if (backend instanceof SimdBackend) {
    return backend.heap.floats(backend.address(tensor), tensor.size);
  }
  return tf.getBackend() === 'cpu' ? tensor.dataSync<'float32'>() : undefined;
}
