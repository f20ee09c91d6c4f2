import * as tf from '@tensorflow/tfjs';
import { split, threadsFor } from './threads/split.ts';
import { runKernel, type SimdKernel } from './stock.ts';

/**
 * Adds up rows by segment in one pass: the gradient of an embedding. Negative segments are skipped,
 * as in TensorFlow's `tf.math.unsorted_segment_sum`; one that is too large is a RangeError.
 */
export const segmentSum: SimdKernel = {
  kernelName: 'UnsortedSegmentSum',
  kernelFunc: (call) => {
    const { backend } = call;
    const { x, segmentIds } = call.inputs as { x: tf.TensorInfo; segmentIds: tf.TensorInfo };
    const { numSegments } = call.attrs as unknown as { numSegments: number };
    const row = x.shape.slice(segmentIds.shape.length);
    const count = tf.util.sizeFromShape(segmentIds.shape);
    const width = tf.util.sizeFromShape(row);
    const ours = x.dtype === 'float32' && segmentIds.dtype === 'int32';
    if (!ours || count * width * numSegments === 0) return runKernel('UnsortedSegmentSum', call);
    const ids = backend.address(segmentIds);
    const values = backend.heap.integers(ids, count);
    for (let i = 0; i < count; i++) {
      if (values[i]! < numSegments) continue;
      throw new RangeError(
        `UnsortedSegmentSum: id ${values[i]} at row ${i}, but ${numSegments} segments`,
      );
    }
    const from = backend.address(x);
    const { info, address } = backend.output([numSegments, ...row]);
    // Each thread reads all ids, and adds up the segments of its range.
    const parts = split(numSegments, threadsFor(backend.team, numSegments * width), 1);
    backend.team.run(
      'sumSegments',
      parts.map(({ start, length }) => {
        return [count, ids, width, from, start, length, address + start * width * 4];
      }),
    );
    return info;
  },
};
