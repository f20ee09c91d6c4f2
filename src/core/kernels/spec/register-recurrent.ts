import * as tf from '@tensorflow/tfjs';
import { RECURRENT_BACKWARD, RECURRENT_FORWARD } from './recurrent-contract.ts';
import type {
  RecurrentAttrs,
  RecurrentBackwardAttrs,
  RecurrentBackwardInputs,
  RecurrentForwardInputs,
} from './recurrent-contract.ts';

/** A backend's own implementation of the two kernels. */
export interface RecurrentKernels<Backend> {
  forward(
    backend: Backend,
    inputs: RecurrentForwardInputs<tf.TensorInfo>,
    attrs: RecurrentAttrs,
  ): tf.TensorInfo[];
  backward(
    backend: Backend,
    inputs: RecurrentBackwardInputs<tf.TensorInfo>,
    attrs: RecurrentBackwardAttrs,
  ): tf.TensorInfo[];
}

/** Registers both kernels for a backend of TensorFlow.js. Registering twice changes nothing. */
export function registerRecurrentKernels<Backend>(
  backendName: string,
  { forward, backward }: RecurrentKernels<Backend>,
): void {
  const register = (kernelName: string, kernelFunc: tf.KernelFunc): void => {
    if (tf.getKernel(kernelName, backendName)) return;
    tf.registerKernel({ kernelName, backendName, kernelFunc });
  };
  // TensorFlow.js types a kernel's call by its least common denominator.
  register(RECURRENT_FORWARD, ({ inputs, backend, attrs }) =>
    forward(
      backend as Backend,
      inputs as unknown as RecurrentForwardInputs<tf.TensorInfo>,
      attrs as unknown as RecurrentAttrs,
    ),
  );
  register(RECURRENT_BACKWARD, ({ inputs, backend, attrs }) =>
    backward(
      backend as Backend,
      inputs as unknown as RecurrentBackwardInputs<tf.TensorInfo>,
      attrs as unknown as RecurrentBackwardAttrs,
    ),
  );
}
