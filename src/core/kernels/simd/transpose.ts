import type * as tf from '@tensorflow/tfjs';
import { type KernelCall, runKernel, type SimdKernel } from './stock.ts';

/**
 * Swaps the axes of a matrix. A permutation that leaves all axes where they are shares the values:
 * tfjs's gradient of a gather asks for two of those, and its own kernel copies number by number.
 */
export const transpose: SimdKernel = {
  kernelName: 'Transpose',
  kernelFunc: (call: KernelCall) => {
    const { backend } = call;
    const x = call.inputs.x as tf.TensorInfo;
    const { perm } = call.attrs as unknown as { perm: number[] };
    const { shape, dtype } = x;
    if (perm.every((axis, i) => axis === i)) {
      backend.incRef(x.dataId);
      return { dataId: x.dataId, shape, dtype };
    }
    if (dtype !== 'float32' || shape.length !== 2 || shape.includes(0)) {
      return runKernel('Transpose', call);
    }
    const [rows, columns] = shape as [number, number];
    const from = backend.address(x);
    const { info, address } = backend.output([columns, rows]);
    backend.run.transposeBlock(from, columns, rows, columns, address, rows);
    return info;
  },
};
