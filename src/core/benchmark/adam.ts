import * as tf from '@tensorflow/tfjs';
import { SIMD } from '../kernels/simd/backend.ts';
import { adamStep } from '../kernels/simd/optimizers.ts';

const RATES = { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };

/**
 * Adam over some variables, for the current backend: one pass over memory on `simd`, TensorFlow.js's
 * own elsewhere.
 *
 * @returns what changes the variables by their gradients, which are given by name
 */
export function createAdam(
  variables: readonly tf.Variable[],
): (gradients: tf.NamedTensorMap) => void {
  if (tf.getBackend() !== SIMD) {
    const stock = tf.train.adam(RATES.learningRate, RATES.beta1, RATES.beta2, RATES.epsilon);
    return (gradients) =>
      stock.applyGradients(Object.entries(gradients).map(([name, tensor]) => ({ name, tensor })));
  }
  const states = variables.map((parameter) => {
    const zeros = (): tf.Variable => tf.tidy(() => tf.variable(tf.zeros(parameter.shape), false));
    return { parameter, firstMoment: zeros(), secondMoment: zeros() };
  });
  let iteration = 0;
  return (gradients) => {
    iteration++;
    for (const state of states) {
      adamStep(state, gradients[state.parameter.name]!, RATES, iteration);
    }
  };
}
