import * as tf from '@tensorflow/tfjs';
import { SIMD } from '../kernels/simd/backend.ts';
import { adamStep } from '../kernels/simd/optimizers.ts';
import type { AdamState } from '../kernels/simd/optimizers.ts';

/** Changes weights by their gradients. */
export interface WeightUpdate {
  /** @param gradients by the names of the variables; the caller disposes them */
  apply(gradients: tf.NamedTensorMap): void;
  dispose(): void;
}

/** Keras's defaults. */
const [BETA_1, BETA_2, EPSILON] = [0.9, 0.999, 1e-7];

/**
 * Adam (Kingma & Ba, ICLR 2015) over some variables: one pass over memory on the `simd` backend,
 * TensorFlow.js's own optimiser elsewhere.
 */
export function createAdam(variables: readonly tf.Variable[], learningRate: number): WeightUpdate {
  return tf.getBackend() === SIMD
    ? new FusedAdam(variables, learningRate)
    : new StockAdam(learningRate);
}

class StockAdam implements WeightUpdate {
  readonly #optimizer: tf.AdamOptimizer;

  constructor(learningRate: number) {
    this.#optimizer = tf.train.adam(learningRate, BETA_1, BETA_2, EPSILON);
  }

  apply(gradients: tf.NamedTensorMap): void {
    const named = Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }));
    this.#optimizer.applyGradients(named);
  }

  dispose(): void {
    this.#optimizer.dispose();
  }
}

class FusedAdam implements WeightUpdate {
  readonly #states: readonly AdamState[];
  readonly #learningRate: number;
  #iteration = 0;

  constructor(variables: readonly tf.Variable[], learningRate: number) {
    this.#learningRate = learningRate;
    this.#states = variables.map((parameter) => {
      const zeros = (): tf.Variable => tf.tidy(() => tf.variable(tf.zeros(parameter.shape), false));
      return { parameter, firstMoment: zeros(), secondMoment: zeros() };
    });
  }

  apply(gradients: tf.NamedTensorMap): void {
    this.#iteration++;
    const rates = {
      learningRate: this.#learningRate,
      beta1: BETA_1,
      beta2: BETA_2,
      epsilon: EPSILON,
    };
    for (const state of this.#states) {
      adamStep(state, gradients[state.parameter.name]!, rates, this.#iteration);
    }
  }

  dispose(): void {
    for (const { firstMoment, secondMoment } of this.#states) {
      firstMoment.dispose();
      secondMoment.dispose();
    }
  }
}
