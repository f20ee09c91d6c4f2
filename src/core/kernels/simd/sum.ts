import * as tf from '@tensorflow/tfjs';
import { runKernel, type SimdKernel } from './stock.ts';

interface SumAttrs {
  readonly axis: number | number[];
  readonly keepDims: boolean;
}

/** Sums over a float tensor's leading axes, such as a bias's gradient, or over all of them. */
export const sum: SimdKernel = {
  kernelName: 'Sum',
  kernelFunc: (call) => {
    const { backend } = call;
    const x = call.inputs.x as tf.TensorInfo;
    const { axis, keepDims } = call.attrs as unknown as SumAttrs;
    const axes = tf.util.parseAxisParam(axis, x.shape).toSorted((a, b) => a - b);
    const leading = axes.every((value, i) => value === i);
    if (!leading || axes.length === 0 || x.dtype !== 'float32' || x.shape.includes(0)) {
      return runKernel('Sum', call);
    }
    const rest = x.shape.slice(axes.length);
    const width = tf.util.sizeFromShape(rest);
    const count = tf.util.sizeFromShape(x.shape) / width;
    const from = backend.address(x);
    const { info, address } = backend.output(keepDims ? [...axes.map(() => 1), ...rest] : rest);
    backend.run.sumRows(count, width, from, address);
    return info;
  },
};
