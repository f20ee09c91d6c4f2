import * as tf from '@tensorflow/tfjs';
import type { SimdBackend } from './backend.ts';

/** What tfjs hands to a kernel, with the backend that it is registered for. */
export interface KernelCall {
  readonly inputs: tf.NamedTensorInfoMap;
  readonly attrs?: tf.NamedAttrMap | undefined;
  readonly backend: SimdBackend;
}

/**
 * Runs another kernel on the same tensors: the one of `backendName`, by default tfjs's own for the
 * CPU, for the cases that a SIMD kernel leaves to it.
 *
 * @throws Error if there is none
 */
export function runKernel(
  name: string,
  { inputs, attrs, backend }: KernelCall,
  backendName = 'cpu',
): tf.TensorInfo {
  const kernel = tf.getKernel(name, backendName);
  if (!kernel) throw new Error(`${backendName} has no kernel ${name}`);
  return kernel.kernelFunc({ inputs, attrs: attrs ?? {}, backend }) as tf.TensorInfo;
}

/** A kernel of the backend. */
export interface SimdKernel {
  readonly kernelName: string;
  readonly kernelFunc: (call: KernelCall) => tf.TensorInfo | tf.TensorInfo[];
}
