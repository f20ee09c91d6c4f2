import * as tf from '@tensorflow/tfjs';

/** Backends that keep their tensors in the CPU's memory, where reading one costs nothing. */
const ON_CPU: ReadonlySet<string> = new Set(['cpu', 'simd']);

const known = new WeakMap<object, Int32Array>();

/**
 * A tensor of ids, int32 of the given shape, whose values stay at hand on every backend: a GPU could
 * give them back only after all its work. Nothing may write to them from then on.
 */
export function idTensor(values: Int32Array, shape: readonly [number, number]): tf.Tensor2D {
  const ids = tf.tensor2d(values, [...shape], 'int32');
  known.set(ids.dataId, values);
  return ids;
}

/** The values of a tensor of ids, row-major, where they can be had at once. */
export function idsAtHand(ids: tf.Tensor): Int32Array | undefined {
  if (!ON_CPU.has(tf.getBackend())) return known.get(ids.dataId);
  const values = ids.dataSync();
  return values instanceof Int32Array ? values : Int32Array.from(values);
}
