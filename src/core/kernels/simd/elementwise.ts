import * as tf from '@tensorflow/tfjs';
import type { SimdExports } from './exports.ts';
import { runKernel, type SimdKernel } from './stock.ts';

/** A kernel that maps each number, for float32. */
function map(kernelName: string, kernel: 'sigmoidAll' | 'tanhAll'): SimdKernel {
  return {
    kernelName,
    kernelFunc: (call) => {
      const { backend } = call;
      const x = call.inputs.x as tf.TensorInfo;
      const size = tf.util.sizeFromShape(x.shape);
      if (x.dtype !== 'float32' || size === 0) return runKernel(kernelName, call);
      const from = backend.address(x);
      const { info, address } = backend.output(x.shape);
      const run: SimdExports[typeof kernel] = backend.run[kernel];
      run(size, from, address);
      return info;
    },
  };
}

/** 1 / (1 + e^−x) */
export const sigmoid = map('Sigmoid', 'sigmoidAll');
export const tanh = map('Tanh', 'tanhAll');
