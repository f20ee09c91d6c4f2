import { createRandom } from '../../../src/core/random.ts';
import {
  GATES,
  type RecurrentAttrs,
  type RecurrentSizes,
} from '../../../src/core/kernels/spec/recurrent.ts';
import type {
  BackwardValues,
  ForwardValues,
} from '../../../src/core/kernels/spec/reference-recurrent.ts';

/** Every combination of attributes that changes the arithmetic of a cell. */
export const ALL_ATTRS: readonly RecurrentAttrs[] = [false, true].flatMap((goBackwards) =>
  (['tanh', 'relu', 'linear'] as const).flatMap((activation) => [
    {
      cell: 'SimpleRNN',
      activation,
      recurrentActivation: 'sigmoid',
      resetAfter: false,
      goBackwards,
    },
    ...(['sigmoid', 'hardSigmoid'] as const).flatMap((recurrentActivation): RecurrentAttrs[] => [
      { cell: 'LSTM', activation, recurrentActivation, resetAfter: false, goBackwards },
      { cell: 'GRU', activation, recurrentActivation, resetAfter: false, goBackwards },
      { cell: 'GRU', activation, recurrentActivation, resetAfter: true, goBackwards },
    ]),
  ]),
);

/** A name for a test, such as `GRU relu hardSigmoid resetAfter goBackwards`. */
export function titleOf(attrs: RecurrentAttrs): string {
  const { cell, activation, recurrentActivation, resetAfter, goBackwards } = attrs;
  const gates = cell === 'SimpleRNN' ? '' : recurrentActivation;
  const words = [cell, activation, gates, resetAfter && 'resetAfter', goBackwards && 'goBackwards'];
  return words.filter(Boolean).join(' ');
}

/** What to make up, and how large. */
export interface Shape {
  readonly batch: number;
  readonly steps: number;
  readonly units: number;
  /** Rows of the projections; left out, the batch has no `rows`. */
  readonly projectionRows?: number | undefined;
  /** The share of masked steps; left out, the batch has no mask. */
  readonly masked?: number | undefined;
  /** The share of states that are dropped; left out, the batch has no `recurrentDropout`. */
  readonly dropped?: number | undefined;
  /** Values are drawn uniformly from -scale to scale. */
  readonly scale?: number;
}

/** Sizes of a made-up batch. */
export function sizesOf({ cell }: RecurrentAttrs, shape: Shape): RecurrentSizes {
  const { batch, steps, units, projectionRows = batch * steps } = shape;
  return { batch, steps, units, width: GATES[cell] * units, projectionRows };
}

/** Made-up inputs of the forward kernel in float64. Equal seeds give equal values. */
export function randomInputs(
  attrs: RecurrentAttrs,
  shape: Shape,
  seed = 1,
): ForwardValues<Float64Array> {
  const { batch, steps, units, width, projectionRows } = sizesOf(attrs, shape);
  const random = createRandom(seed);
  const { scale = 1.5 } = shape;
  const floats = (length: number) =>
    Float64Array.from({ length }, () => (2 * random.next() - 1) * scale);
  const integers = (pick: () => number) => Int32Array.from({ length: batch * steps }, pick);
  return {
    projections: floats(projectionRows * width),
    rows:
      shape.projectionRows === undefined ? undefined : integers(() => random.int(projectionRows)),
    recurrentKernel: floats(units * width),
    recurrentBias: attrs.cell === 'GRU' && attrs.resetAfter ? floats(width) : undefined,
    h0: floats(batch * units),
    c0: attrs.cell === 'LSTM' ? floats(batch * units) : undefined,
    mask:
      shape.masked === undefined
        ? undefined
        : integers(() => (random.next() < shape.masked! ? 0 : 1)),
    recurrentDropout:
      shape.dropped === undefined
        ? undefined
        : Float64Array.from({ length: batch * units }, () =>
            random.next() < shape.dropped! ? 0 : 1 / (1 - shape.dropped!),
          ),
  };
}

/** Made-up gradients of the forward kernel's outputs, float64. */
export function randomGradients(
  { cell }: RecurrentAttrs,
  { batch, steps, units }: Shape,
  seed = 2,
): Pick<BackwardValues<Float64Array>, 'dh' | 'dc'> {
  const random = createRandom(seed);
  const floats = () =>
    Float64Array.from({ length: batch * steps * units }, () => 2 * random.next() - 1);
  return { dh: floats(), dc: cell === 'LSTM' ? floats() : undefined };
}

/** The largest difference between two arrays, relative to the largest magnitude (at least 1). */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let difference = 0;
  let largest = 1;
  for (let i = 0; i < actual.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!);
    // A NaN must not hide behind a comparison.
    if (!(error <= difference)) difference = Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
    largest = Math.max(largest, Math.abs(expected[i]!));
  }
  return difference / largest;
}
