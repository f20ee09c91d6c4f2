import type { RecurrentAttrs } from '../spec/recurrent.ts';

/** Hyperbolic tangent that does not overflow where a driver makes it of two exponentials. */
const TANH = `
fn tanhOf(x: Lanes) -> Lanes {
  let e = exp(-2.0 * abs(x));
  return sign(x) * (1.0 - e) / (1.0 + e);
}`;

const ACTIVATION = {
  tanh: { value: 'tanhOf(x)', slope: '1.0 - y * y' },
  relu: { value: 'max(x, Lanes(0.0))', slope: 'select(Lanes(0.0), Lanes(1.0), y > Lanes(0.0))' },
  linear: { value: 'x', slope: 'Lanes(1.0)' },
};

const RECURRENT_ACTIVATION = {
  sigmoid: { value: '0.5 * tanhOf(0.5 * x) + 0.5', slope: 'y * (1.0 - y)' },
  hardSigmoid: {
    value: 'clamp(0.2 * x + 0.5, Lanes(0.0), Lanes(1.0))',
    slope: 'select(Lanes(0.0), Lanes(0.2), (y > Lanes(0.0)) & (y < Lanes(1.0)))',
  },
};

/**
 * WGSL of the cell's two activations, on `Lanes`: `activate` and `activateGate`, and their
 * derivatives `slope` and `gateSlope`, which take the activated value.
 */
export function activationFunctions({ activation, recurrentActivation }: RecurrentAttrs): string {
  const state = ACTIVATION[activation];
  const gate = RECURRENT_ACTIVATION[recurrentActivation];
  return [
    TANH,
    `fn activate(x: Lanes) -> Lanes { return ${state.value}; }`,
    `fn activateGate(x: Lanes) -> Lanes { return ${gate.value}; }`,
    `fn slope(y: Lanes) -> Lanes { return ${state.slope}; }`,
    `fn gateSlope(y: Lanes) -> Lanes { return ${gate.slope}; }`,
  ].join('\n');
}
