import * as tf from '@tensorflow/tfjs';
import { isOnCpu } from './on-cpu.ts';

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

/** Whether the values of a tensor of ids can be had at once. */
export function areAtHand(ids: tf.Tensor): boolean {
  return isOnCpu() || known.has(ids.dataId);
}

/** The values of a tensor of ids, row-major, where they can be had at once. */
export function idsAtHand(ids: tf.Tensor): Int32Array | undefined {
  if (!isOnCpu()) return known.get(ids.dataId);
  const values = ids.dataSync();
  return values instanceof Int32Array ? values : Int32Array.from(values);
}
