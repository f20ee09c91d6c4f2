import { describe, expect, it } from 'vitest';
import type { RecurrentAttrs } from '../../../src/core/kernels/spec/recurrent.ts';
import { ACTIVATIONS } from '../../../src/core/kernels/spec/reference-activations.ts';
import {
  recurrentBackwardReference,
  recurrentForwardReference,
  type ForwardValues,
} from '../../../src/core/kernels/spec/reference-recurrent.ts';
import {
  ALL_ATTRS,
  randomGradients,
  randomInputs,
  relativeError,
  sizesOf,
  titleOf,
  type Shape,
} from './recurrent-cases.ts';

/** Half the step of the central difference. Its error is about STEP² ≈ 1e-10 times f‴, plus 1e-11. */
const STEP = 1e-5;
/** Relative to the largest gradient of the same input. */
const TOLERANCE = 1e-7;

const SHAPES: readonly (Shape & { readonly name: string })[] = [
  { name: 'every step', batch: 2, steps: 4, units: 3 },
  { name: 'rows', batch: 2, steps: 4, units: 3, projectionRows: 3 },
  { name: 'mask', batch: 3, steps: 5, units: 2, masked: 0.4 },
  { name: 'rows and mask', batch: 3, steps: 5, units: 2, projectionRows: 4, masked: 0.4 },
  { name: 'dropout', batch: 2, steps: 4, units: 4, dropped: 0.3 },
  {
    name: 'dropout, rows and mask',
    batch: 3,
    steps: 5,
    units: 3,
    projectionRows: 4,
    masked: 0.4,
    dropped: 0.3,
  },
];

/** The inputs that have a gradient, and where the backward kernel gives it. */
const GRADIENT_OF = {
  projections: 'dProjections',
  recurrentKernel: 'dRecurrentKernel',
  recurrentBias: 'dRecurrentBias',
  h0: 'dh0',
  c0: 'dc0',
} as const;

const run = (inputs: ForwardValues<Float64Array>, attrs: RecurrentAttrs, shape: Shape) =>
  recurrentForwardReference(inputs, attrs, sizesOf(attrs, shape));

/** A loss with known gradients: L = Σ dh·h + Σ dc·c. */
function loss(inputs: ForwardValues<Float64Array>, attrs: RecurrentAttrs, shape: Shape): number {
  const { h, c } = run(inputs, attrs, shape);
  const { dh, dc } = randomGradients(attrs, shape);
  let sum = 0;
  for (let i = 0; i < h.length; i++) sum += dh[i]! * h[i]! + (dc ? dc[i]! * c[i]! : 0);
  return sum;
}

function centralDifferences(of: () => number, array: Float64Array): Float64Array {
  return array.map((value, i) => {
    array[i] = value + STEP;
    const above = of();
    array[i] = value - STEP;
    const below = of();
    array[i] = value;
    return (above - below) / (2 * STEP);
  });
}

function backward(attrs: RecurrentAttrs, shape: Shape) {
  const inputs = randomInputs(attrs, shape);
  const sizes = sizesOf(attrs, shape);
  const outputs = recurrentForwardReference(inputs, attrs, sizes);
  const gradients = randomGradients(attrs, shape);
  return recurrentBackwardReference({ ...inputs, ...outputs, ...gradients }, attrs, sizes);
}

describe.each(SHAPES)('gradients against finite differences, $name', (shape) => {
  it.each(ALL_ATTRS.map((attrs) => [titleOf(attrs), attrs] as const))('%s', (_, attrs) => {
    const inputs = randomInputs(attrs, shape);
    const gradients = backward(attrs, shape);
    for (const name of ['projections', 'recurrentKernel', 'recurrentBias', 'h0', 'c0'] as const) {
      const input = inputs[name];
      if (!input) {
        expect(gradients[GRADIENT_OF[name]], `${name} is no input of this cell`).toHaveLength(0);
        continue;
      }
      const measured = centralDifferences(() => loss(inputs, attrs, shape), input);
      const error = relativeError(gradients[GRADIENT_OF[name]], measured);
      expect(error, `gradient of ${name}`).toBeLessThan(TOLERANCE);
    }
  });
});

describe('the whole gradient of each state', () => {
  const shape: Shape = { batch: 2, steps: 5, units: 3, masked: 0.3, dropped: 0.3 };
  const forwards = ALL_ATTRS.filter(({ goBackwards }) => !goBackwards);

  it.each(forwards.map((attrs) => [titleOf(attrs), attrs] as const))(
    'is that of a sequence that starts there: %s',
    (_, attrs) => {
      const { batch, steps, units } = shape;
      const whole = backward(attrs, shape);
      const inputs = randomInputs(attrs, shape);
      const { h, c, gates } = run(inputs, attrs, shape);
      const own = randomGradients(attrs, shape);
      for (let t = 0; t < steps - 1; t++) {
        const restShape = { ...shape, steps: steps - 1 - t };
        const rest = <A extends Float64Array | Int32Array>(values: A): A =>
          values.filter(
            (_value, i) => Math.floor(i / (values.length / (batch * steps))) % steps > t,
          ) as A;
        const at = (values: Float64Array) =>
          values.filter((_value, i) => Math.floor(i / units) % steps === t);
        const restInputs: ForwardValues<Float64Array> = {
          ...inputs,
          projections: rest(inputs.projections),
          mask: rest(inputs.mask!),
          h0: at(h),
          c0: inputs.c0 && at(c),
        };
        const outputs = run(restInputs, attrs, restShape);
        const gradients = recurrentBackwardReference(
          { ...restInputs, ...outputs, dh: rest(own.dh), dc: own.dc && rest(own.dc) },
          attrs,
          sizesOf(attrs, restShape),
        );
        const expected = at(own.dh).map((value, i) => value + gradients.dh0[i]!);
        expect(relativeError(at(whole.dhTotal), expected), `dhTotal at ${t}`).toBeLessThan(1e-12);
        if (attrs.cell !== 'LSTM') continue;
        // c counts by itself and, unless the step is masked and h only repeats, through h = o·φ(c).
        const dh = at(whole.dhTotal);
        const cells = at(c);
        const expectedC = at(own.dc!).map((value, i) => {
          const row = Math.floor(i / units);
          const later = value + gradients.dc0[i]!;
          if (inputs.mask![row * steps + t] === 0) return later;
          const o = gates[(row * steps + t) * 4 * units + 3 * units + (i % units)]!;
          const { apply, slope } = ACTIVATIONS[attrs.activation];
          return later + dh[i]! * o * slope(apply(cells[i]!));
        });
        const error = relativeError(at(whole.dcTotal), expectedC);
        expect(error, `dcTotal at ${t}`).toBeLessThan(1e-12);
      }
    },
  );
});
