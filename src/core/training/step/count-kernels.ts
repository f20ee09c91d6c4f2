import * as tf from '@tensorflow/tfjs';

/**
 * Runs something, and counts the kernels of TensorFlow.js that it starts. Unlike `tf.profile` it
 * waits for none of them.
 */
export function countKernels<T>(run: () => T): { result: T; kernels: number } {
  const engine = tf.engine();
  const stock = engine.runKernel;
  let kernels = 0;
  engine.runKernel = ((...args: Parameters<typeof stock>) => {
    kernels++;
    return stock.apply(engine, args);
  }) as typeof stock;
  try {
    return { result: run(), kernels };
  } finally {
    engine.runKernel = stock;
  }
}
