import * as tf from '@tensorflow/tfjs';

const ON_CPU: ReadonlySet<string> = new Set(['cpu', 'simd']);

/** Whether the current backend keeps its tensors in the CPU's memory, where reading one costs nothing. */
export const isOnCpu = (): boolean => ON_CPU.has(tf.getBackend());
