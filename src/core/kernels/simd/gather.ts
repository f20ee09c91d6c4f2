import * as tf from '@tensorflow/tfjs';
import { split, threadsFor } from './threads/split.ts';
import { runKernel, type SimdKernel } from './stock.ts';

interface GatherAttrs {
  readonly axis: number;
  readonly batchDims?: number;
}

/** Rows of a table by number: what an embedding does. Other axes go to tfjs's own kernel. */
export const gather: SimdKernel = {
  kernelName: 'GatherV2',
  kernelFunc: (call) => {
    const { backend } = call;
    const { x, indices } = call.inputs as { x: tf.TensorInfo; indices: tf.TensorInfo };
    const { axis, batchDims } = call.attrs as unknown as GatherAttrs;
    const [tableRows, ...row] = x.shape as [number, ...number[]];
    const count = tf.util.sizeFromShape(indices.shape);
    const width = tf.util.sizeFromShape(row);
    // A table that is its own indices, cast, cannot lie in the heap as both.
    const ours = axis === 0 && !batchDims && x.dataId !== indices.dataId;
    const typed = x.dtype === 'float32' && indices.dtype === 'int32';
    if (!ours || !typed || count * width === 0) return runKernel('GatherV2', call);
    const at = backend.address(indices);
    const values = backend.heap.integers(at, count);
    for (let i = 0; i < count; i++) {
      const index = values[i]!;
      if (index >= 0 && index < tableRows) continue;
      throw new RangeError(`GatherV2: index ${index} at ${i}, but the table has ${tableRows} rows`);
    }
    const table = backend.address(x);
    const { info, address } = backend.output([...indices.shape, ...row]);
    const parts = split(count, threadsFor(backend.team, count * width), 1);
    backend.team.run(
      'gatherTableRows',
      parts.map(({ start, length }) => {
        return [length, at + start * 4, width, table, address + start * width * 4];
      }),
    );
    return info;
  },
};
