import type { Activation, RecurrentActivation } from './recurrent-contract.ts';

/** A function of one number, and its derivative in terms of its own result. */
export interface ScalarFunction {
  readonly apply: (x: number) => number;
  /** f′(x) from y = f(x): what a backward pass has at hand. */
  readonly slope: (y: number) => number;
}

/**
 * Keras's activations. Where a function has a kink (relu at 0, the hard sigmoid at its ends), the
 * slope there is 0, as in Keras. The hard sigmoid is Keras 2's: clip(0.2·x + 0.5, 0, 1).
 */
export const ACTIVATIONS: Readonly<Record<Activation | RecurrentActivation, ScalarFunction>> = {
  tanh: { apply: Math.tanh, slope: (y) => 1 - y * y },
  relu: { apply: (x) => Math.max(x, 0), slope: (y) => (y > 0 ? 1 : 0) },
  linear: { apply: (x) => x, slope: () => 1 },
  sigmoid: { apply: (x) => 1 / (1 + Math.exp(-x)), slope: (y) => y * (1 - y) },
  hardSigmoid: {
    apply: (x) => Math.min(Math.max(0.2 * x + 0.5, 0), 1),
    slope: (y) => (y > 0 && y < 1 ? 0.2 : 0),
  },
};
