import type { Activation, RecurrentActivation, RecurrentAttrs } from '../spec/recurrent.ts';

interface ScalarFunction {
  readonly apply: string;
  /** The derivative, from the function's own result y. */
  readonly slope: string;
}

const FUNCTIONS: Readonly<Record<Activation | RecurrentActivation, ScalarFunction>> = {
  // Not the built-in tanh: some drivers make it NaN where exp overflows.
  tanh: {
    apply: 'float e = exp(-2.0 * abs(x)); return sign(x) * (1.0 - e) / (1.0 + e);',
    slope: 'return 1.0 - y * y;',
  },
  relu: { apply: 'return max(x, 0.0);', slope: 'return y > 0.0 ? 1.0 : 0.0;' },
  linear: { apply: 'return x;', slope: 'return 1.0;' },
  sigmoid: { apply: 'return 1.0 / (1.0 + exp(-x));', slope: 'return y * (1.0 - y);' },
  hardSigmoid: {
    apply: 'return clamp(0.2 * x + 0.5, 0.0, 1.0);',
    slope: 'return y > 0.0 && y < 1.0 ? 0.2 : 0.0;',
  },
};

/** In a shader: `phi` and `sigma`, the activations of the state and the gates, and their slopes. */
export function activationsOf({ activation, recurrentActivation }: RecurrentAttrs): string {
  const phi = FUNCTIONS[activation];
  const sigma = FUNCTIONS[recurrentActivation];
  return `
float phi(float x) { ${phi.apply} }
float phiSlope(float y) { ${phi.slope} }
float sigma(float x) { ${sigma.apply} }
float sigmaSlope(float y) { ${sigma.slope} }`;
}
