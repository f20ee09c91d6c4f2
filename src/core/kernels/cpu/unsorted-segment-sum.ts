import * as tf from '@tensorflow/tfjs';

/** The part of the CPU backend that a kernel here uses. */
interface CpuBackend extends tf.KernelBackend {
  makeTensorInfo(
    shape: number[],
    dtype: tf.DataType,
    values?: tf.backend_util.TypedArray,
  ): tf.TensorInfo;
  data: { get(dataId: object): { values: tf.backend_util.TypedArray } };
}

/**
 * Adds up rows by segment, in one pass over the rows: `out[ids[i]] += x[i]`. Negative ids are
 * skipped, as in TensorFlow's `tf.math.unsorted_segment_sum`.
 *
 * @param x shape [rows, width], row-major
 * @param ids shape [rows]
 * @param numSegments rows of the result
 * @returns shape [numSegments, width]
 * @throws RangeError if an id is not below `numSegments`
 */
export function unsortedSegmentSum(
  x: ArrayLike<number>,
  ids: ArrayLike<number>,
  numSegments: number,
): Float32Array {
  const width = ids.length === 0 ? 0 : x.length / ids.length;
  const out = new Float32Array(numSegments * width);
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row]!;
    if (id < 0) continue;
    if (id >= numSegments) {
      throw new RangeError(
        `UnsortedSegmentSum: id ${id} at row ${row}, but ${numSegments} segments`,
      );
    }
    const from = row * width;
    const to = id * width;
    for (let column = 0; column < width; column++) out[to + column]! += x[from + column]!;
  }
  return out;
}

/**
 * Replaces TensorFlow.js's `UnsortedSegmentSum` on the `cpu` backend. The stock kernel compares
 * every row with every segment, which makes the gradient of an embedding cost rows × vocabulary.
 * Only sums over a float tensor's leading axes are taken over, which is all that gradients ask for.
 */
export function registerUnsortedSegmentSum(): void {
  tf.unregisterKernel('UnsortedSegmentSum', 'cpu');
  tf.registerKernel({
    kernelName: 'UnsortedSegmentSum',
    backendName: 'cpu',
    kernelFunc: ({ inputs, backend, attrs }) => {
      const x = inputs.x as tf.TensorInfo;
      const segmentIds = inputs.segmentIds as tf.TensorInfo;
      const { numSegments } = attrs as unknown as { numSegments: number };
      const cpu = backend as CpuBackend;
      const values = unsortedSegmentSum(
        cpu.data.get(x.dataId).values,
        cpu.data.get(segmentIds.dataId).values,
        numSegments,
      );
      const shape = [numSegments, ...x.shape.slice(segmentIds.shape.length)];
      return cpu.makeTensorInfo(shape, 'float32', values);
    },
  });
}
