import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { expect } from 'vitest';
import {
  GATES,
  RECURRENT_BACKWARD,
  RECURRENT_FORWARD,
  type RecurrentAttrs,
  type RecurrentSizes,
} from '../../../src/core/kernels/spec/recurrent.ts';
import {
  type BackwardValues,
  type ForwardValues,
  recurrentBackwardReference,
  recurrentForwardReference,
} from '../../../src/core/kernels/spec/reference-recurrent.ts';
import { integers, numbers, relativeError } from './simd-fixture.ts';

/** Of the largest number of each output, against the reference in float64. */
const TOLERANCE = 2e-5;

export interface Case extends RecurrentAttrs {
  readonly seed: number;
  readonly batch: number;
  readonly steps: number;
  readonly units: number;
  /** Distinct rows that the timesteps read, or 0 for a row each. */
  readonly distinct: number;
  readonly masking: 'none' | 'ends' | 'scattered' | 'all';
  readonly cellGradient: boolean;
  /** Whether the whole gradients of the states are asked for. */
  readonly stateGradients: boolean;
  /** The share of states that are dropped. */
  readonly dropped: number;
}

/** A layer of the usual kind, of a batch large enough to be split. */
export const LSTM: Case = {
  cell: 'LSTM',
  activation: 'tanh',
  recurrentActivation: 'sigmoid',
  resetAfter: false,
  goBackwards: false,
  seed: 1,
  batch: 32,
  steps: 40,
  units: 64,
  distinct: 100,
  masking: 'ends',
  cellGradient: true,
  stateGradients: true,
  dropped: 0,
};

export const cases = (limits: { batch: number; steps: number; units: number }) =>
  fc.record<Case>({
    cell: fc.constantFrom('SimpleRNN', 'LSTM', 'GRU'),
    activation: fc.constantFrom('tanh', 'relu', 'linear'),
    recurrentActivation: fc.constantFrom('sigmoid', 'hardSigmoid'),
    resetAfter: fc.boolean(),
    goBackwards: fc.boolean(),
    seed: fc.integer(),
    batch: fc.integer({ min: 1, max: limits.batch }),
    steps: fc.integer({ min: 1, max: limits.steps }),
    units: fc.integer({ min: 1, max: limits.units }),
    distinct: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 200 })),
    masking: fc.constantFrom('none', 'ends', 'scattered', 'all'),
    cellGradient: fc.boolean(),
    stateGradients: fc.boolean(),
    dropped: fc.constantFrom(0, 0.4),
  });

/** Runs both kernels of the current backend on a random case and compares all they put out. */
export function checkCase(test: Case): void {
  runCase(test, compare);
}

/**
 * Runs both kernels of the current backend on a random case.
 *
 * @param check sees the outputs of each, with those of the reference
 */
export function runCase(test: Case, check: typeof compare = () => {}): [Named, Named] {
  const { cell, activation, recurrentActivation, resetAfter, goBackwards, seed } = test;
  const { batch, steps, units, distinct } = test;
  const attrs = { cell, activation, recurrentActivation, resetAfter, goBackwards };
  const width = GATES[cell] * units;
  const projectionRows = distinct || batch * steps;
  const sizes: RecurrentSizes = { batch, steps, units, width, projectionRows };
  const biased = cell === 'GRU' && resetAfter;
  const states = [batch, steps, units];
  const random = (shape: number[], salt: number, scale = 1) => ({
    shape,
    values: numbers(seed + salt, tf.util.sizeFromShape(shape), scale),
  });
  const inputs: Record<string, { shape: number[]; values: Float32Array | Int32Array }> = {
    projections: random([projectionRows, width], 1),
    recurrentKernel: random([units, width], 2, 0.9 / Math.sqrt(units)),
    h0: random([batch, units], 3),
    ...(biased && { recurrentBias: random([width], 4) }),
    ...(cell === 'LSTM' && { c0: random([batch, units], 5) }),
  };
  if (distinct) {
    const values = integers(seed + 6, batch * steps, distinct);
    inputs.rows = { shape: [batch, steps], values };
  }
  const { dropped } = test;
  if (dropped > 0) {
    const values = numbers(seed + 10, batch * units).map((x) =>
      x < 2 * dropped - 1 ? 0 : 1 / (1 - dropped),
    );
    inputs.recurrentDropout = { shape: [batch, units], values };
  }
  const mask = maskOf(test);
  if (mask) inputs.mask = { shape: [batch, steps], values: mask };

  const expected = recurrentForwardReference(
    float64(inputs) as unknown as ForwardValues<Float64Array>,
    attrs,
    sizes,
  );
  const saved = runNamed(RECURRENT_FORWARD, inputs, attrs, ['h', 'c', 'gates', 'inner']);
  check(saved, { ...expected });

  // The slopes come from the saved numbers, so both sides get the same ones.
  const { projections: _, ...shared } = inputs;
  const backwardInputs = {
    ...shared,
    ...saved,
    dh: random(states, 7),
    ...(cell === 'LSTM' && test.cellGradient && { dc: random(states, 8) }),
  };
  const { stateGradients } = test;
  const backwardAttrs = { ...attrs, projectionRows, stateGradients };
  const gradients = recurrentBackwardReference(
    float64(backwardInputs) as unknown as BackwardValues<Float64Array>,
    backwardAttrs,
    sizes,
  );
  const computed = runNamed(RECURRENT_BACKWARD, backwardInputs, backwardAttrs, [
    ...['dProjections', 'dRecurrentKernel', 'dRecurrentBias'],
    ...['dh0', 'dc0', 'dhTotal', 'dcTotal'],
  ]);
  const none = new Float64Array(0);
  check(computed, { ...gradients, ...(!stateGradients && { dhTotal: none, dcTotal: none }) });
  return [saved, computed];
}

function maskOf({ masking, batch, steps, seed }: Case): Int32Array | undefined {
  if (masking === 'none') return undefined;
  if (masking === 'all') return new Int32Array(batch * steps);
  if (masking === 'scattered') return integers(seed + 9, batch * steps, 2);
  const lengths = integers(seed + 9, batch, steps + 1);
  return Int32Array.from({ length: batch * steps }, (_, i) =>
    Number(i % steps < lengths[Math.floor(i / steps)]!),
  );
}

type Named = Record<string, { shape: number[]; values: Float32Array | Int32Array }>;

function float64(inputs: Named) {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { values }]) => [
      name,
      values instanceof Int32Array ? values : Float64Array.from(values),
    ]),
  );
}

function runNamed(kernel: string, inputs: Named, attrs: object, names: string[]): Named {
  return tf.tidy(() => {
    const tensors = Object.fromEntries(
      Object.entries(inputs).map(([name, { shape, values }]) => [
        name,
        tf.tensor(values, shape, values instanceof Int32Array ? 'int32' : 'float32'),
      ]),
    );
    const outputs = tf
      .engine()
      .runKernel<tf.Tensor[]>(kernel, tensors, attrs as unknown as tf.NamedAttrMap);
    return Object.fromEntries(
      outputs.map((output, i) => [
        names[i]!,
        { shape: output.shape, values: output.dataSync<'float32'>() },
      ]),
    );
  });
}

function compare(actual: Named, expected: Record<string, ArrayLike<number>>): void {
  for (const [name, { values }] of Object.entries(actual)) {
    const error = relativeError(values, expected[name]!);
    expect(error, `${name} is off by ${error} of its largest number`).toBeLessThan(TOLERANCE);
  }
}
