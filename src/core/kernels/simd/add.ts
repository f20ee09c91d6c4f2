import * as tf from '@tensorflow/tfjs';
import { isFloat } from './mat-mul.ts';
import { runKernel, type SimdKernel } from './stock.ts';

/** Adds tensors of one shape, such as two gradients of an embedding. Others go to tfjs's own kernel. */
export const add: SimdKernel = {
  kernelName: 'Add',
  kernelFunc: (call) => {
    const { backend } = call;
    const { a, b } = call.inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
    const size = tf.util.sizeFromShape(a.shape);
    const ours = tf.util.arraysEqual(a.shape, b.shape) && isFloat(a, b) && size > 0;
    if (!ours) return runKernel('Add', call);
    const [fromA, fromB] = [backend.address(a), backend.address(b)];
    const { info, address } = backend.output(a.shape);
    backend.run.addAll(size, fromA, fromB, address);
    return info;
  },
};
