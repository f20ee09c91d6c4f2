import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecurrentAttrs } from '../../../src/core/kernels/spec/recurrent.ts';
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

const titled = ALL_ATTRS.map((attrs) => [titleOf(attrs), attrs] as const);
const PROPERTY = { seed: 1, numRuns: 100 };
const OUTPUTS = ['h', 'c', 'gates', 'inner'] as const;

const anyCase = fc.record({
  attrs: fc.constantFrom(...ALL_ATTRS),
  batch: fc.integer({ min: 1, max: 4 }),
  steps: fc.integer({ min: 1, max: 6 }),
  units: fc.integer({ min: 1, max: 4 }),
  seed: fc.integer({ min: 0, max: 1e6 }),
});

const run = (inputs: ForwardValues<Float64Array>, attrs: RecurrentAttrs, shape: Shape) =>
  recurrentForwardReference(inputs, attrs, sizesOf(attrs, shape));

function pass(inputs: ForwardValues<Float64Array>, attrs: RecurrentAttrs, shape: Shape) {
  const outputs = run(inputs, attrs, shape);
  const gradients = recurrentBackwardReference(
    { ...inputs, ...outputs, ...randomGradients(attrs, shape) },
    attrs,
    sizesOf(attrs, shape),
  );
  return { outputs, gradients };
}

/** Elements of timestep t of row b of [B, T, …] values. */
function stepOf(values: Float64Array, { batch, steps }: Shape, row: number, t: number) {
  const size = values.length / (batch * steps);
  const at = (row * steps + t) * size;
  return values.subarray(at, at + size);
}

describe('one step by hand', () => {
  const shape: Shape = { batch: 1, steps: 1, units: 1 };
  const one = (cell: RecurrentAttrs['cell'], resetAfter = false): RecurrentAttrs => ({
    cell,
    activation: 'linear',
    recurrentActivation: 'hardSigmoid',
    resetAfter,
    goBackwards: false,
  });
  const f64 = (...values: number[]) => Float64Array.of(...values);

  it('SimpleRNN: h = p + h₋·U', () => {
    const inputs = { projections: f64(0.5), recurrentKernel: f64(3), h0: f64(2) };
    expect([...run(inputs as any, one('SimpleRNN'), shape).h]).toEqual([6.5]);
  });

  it('LSTM: gates i, f, c, o', () => {
    const inputs = {
      // Before the activation, with h₋ = 1: i = 0 + 0, f = 1 + 1.5, c = 2 + 1, o = 5 - 5.
      projections: f64(0, 1, 2, 5),
      recurrentKernel: f64(0, 1.5, 1, -5),
      h0: f64(1),
      c0: f64(10),
    };
    const { h, c, gates } = run(inputs as any, one('LSTM'), shape);
    expect([...gates]).toEqual([0.5, 1, 3, 0.5]);
    expect([...c]).toEqual([11.5]);
    expect([...h]).toEqual([5.75]);
  });

  it('GRU, reset before: r multiplies the state', () => {
    const inputs = {
      projections: f64(0, 0, 1),
      recurrentKernel: f64(0, 0, 3),
      h0: f64(4),
    };
    const { h, gates } = run(inputs as any, one('GRU'), shape);
    // z = r = 0.5, candidate = 1 + 0.5·4·3 = 7, h = 0.5·4 + 0.5·7.
    expect([...gates]).toEqual([0.5, 0.5, 7]);
    expect([...h]).toEqual([5.5]);
  });

  it('GRU, reset after: r multiplies the product and its bias', () => {
    const inputs = {
      projections: f64(0, 0, 1),
      recurrentKernel: f64(0, 0, 3),
      recurrentBias: f64(0, 0, 2),
      h0: f64(4),
    };
    const { h, gates, inner } = run(inputs as any, one('GRU', true), shape);
    // inner = 4·3 + 2 = 14, candidate = 1 + 0.5·14 = 8, h = 0.5·4 + 0.5·8.
    expect([...inner]).toEqual([14]);
    expect([...gates]).toEqual([0.5, 0.5, 8]);
    expect([...h]).toEqual([6]);
  });
});

describe('recurrent dropout', () => {
  const shape: Shape = { batch: 3, steps: 5, units: 4, masked: 0.3 };

  it.each(titled)('with factors of 1 changes nothing: %s', (_, attrs) => {
    const inputs = randomInputs(attrs, shape);
    const ones = { ...inputs, recurrentDropout: new Float64Array(12).fill(1) };
    expect(run(ones, attrs, shape)).toEqual(run(inputs, attrs, shape));
  });

  it.each(titled)('with factors of 0, every step starts from nothing: %s', (_, attrs) => {
    const once = { ...shape, steps: 1, masked: undefined };
    const inputs = randomInputs(attrs, once);
    const dropped = run({ ...inputs, recurrentDropout: new Float64Array(12) }, attrs, once);
    expect(dropped).toEqual(run({ ...inputs, h0: new Float64Array(12) }, attrs, once));
  });

  it('drops the state that the update gate of GRU keeps, too', () => {
    const inputs = {
      projections: Float64Array.of(0, 0, 1),
      recurrentKernel: Float64Array.of(0, 0, 3),
      h0: Float64Array.of(2),
      recurrentDropout: Float64Array.of(2),
    };
    const attrs: RecurrentAttrs = {
      cell: 'GRU',
      activation: 'linear',
      recurrentActivation: 'hardSigmoid',
      resetAfter: false,
      goBackwards: false,
    };
    // As with h₋ = 4: the candidate is 1 + 0.5·4·3 = 7, h = 0.5·4 + 0.5·7.
    const { h } = run(inputs as any, attrs, { batch: 1, steps: 1, units: 1 });
    expect([...h]).toEqual([5.5]);
  });
});

describe('masks', () => {
  it('skipping a step is the same as not having it', () => {
    fc.assert(
      fc.property(anyCase, ({ attrs, seed, ...sizes }) => {
        const shape = { ...sizes, batch: 1, masked: 0.5 };
        const inputs = randomInputs(attrs, shape, seed);
        const kept = [...inputs.mask!].flatMap((value, t) => (value ? [t] : []));
        fc.pre(kept.length > 0);
        const { width } = sizesOf(attrs, shape);
        const short = {
          ...inputs,
          mask: undefined,
          projections: Float64Array.from(
            kept.flatMap((t) => [...inputs.projections.subarray(t * width, (t + 1) * width)]),
          ),
        };
        const shortShape = { ...sizes, batch: 1, steps: kept.length };
        const whole = run(inputs, attrs, shape);
        const rest = run(short, attrs, shortShape);
        for (const name of OUTPUTS) {
          kept.forEach((t, i) => {
            expect(stepOf(whole[name], shape, 0, t), `${name} at ${t}`).toEqual(
              stepOf(rest[name], shortShape, 0, i),
            );
          });
        }
      }),
      PROPERTY,
    );
  });

  it.each(titled)('with every step masked, the first state stays: %s', (_, attrs) => {
    const shape: Shape = { batch: 2, steps: 3, units: 2, masked: 1, dropped: 0.5 };
    const inputs = randomInputs(attrs, shape);
    const { outputs, gradients } = pass(inputs, attrs, shape);
    const { dh } = randomGradients(attrs, shape);
    for (let row = 0; row < shape.batch; row++) {
      const own = inputs.h0.subarray(row * 2, row * 2 + 2);
      const sum = Float64Array.of(0, 0);
      for (let t = 0; t < shape.steps; t++) {
        expect(stepOf(outputs.h, shape, row, t), `h of row ${row}, step ${t}`).toEqual(own);
        stepOf(dh, shape, row, t).forEach((value, u) => (sum[u]! += value));
      }
      const passed = gradients.dh0.subarray(row * 2, row * 2 + 2);
      expect(relativeError(passed, sum), `dh0 of row ${row}`).toBeLessThan(1e-15);
    }
    for (const name of ['gates', 'inner'] as const) {
      expect(
        outputs[name].every((value) => value === 0),
        `${name} are 0`,
      ).toBe(true);
    }
    for (const name of ['dProjections', 'dRecurrentKernel', 'dRecurrentBias'] as const) {
      expect(
        gradients[name].every((value) => value === 0),
        `${name} is 0`,
      ).toBe(true);
    }
  });
});

describe('rows', () => {
  it('reading rows is the same as writing them out, and gradients add up by row', () => {
    fc.assert(
      fc.property(anyCase, fc.integer({ min: 1, max: 5 }), ({ attrs, seed, ...sizes }, count) => {
        const shape = { ...sizes, projectionRows: count, masked: 0.2 };
        const inputs = randomInputs(attrs, shape, seed);
        const { width } = sizesOf(attrs, shape);
        const rows = [...inputs.rows!];
        const rowAt = (row: number) => inputs.projections.subarray(row * width, (row + 1) * width);
        const dense = {
          ...inputs,
          rows: undefined,
          projections: Float64Array.from(rows.flatMap((row) => [...rowAt(row)])),
        };
        const byRow = pass(inputs, attrs, shape);
        const written = pass(dense, attrs, { ...sizes, masked: 0.2 });
        for (const name of OUTPUTS) expect(byRow.outputs[name]).toEqual(written.outputs[name]);
        const sums = new Float64Array(count * width);
        written.gradients.dProjections.forEach((value, i) => {
          sums[rows[Math.floor(i / width)]! * width + (i % width)]! += value;
        });
        expect(relativeError(byRow.gradients.dProjections, sums)).toBeLessThan(1e-12);
        for (const name of ['dRecurrentKernel', 'dh0', 'dc0', 'dhTotal', 'dcTotal'] as const) {
          expect(byRow.gradients[name], name).toEqual(written.gradients[name]);
        }
      }),
      PROPERTY,
    );
  });
});

describe('going backwards', () => {
  const turn = <A extends Float64Array | Int32Array>(values: A, { batch, steps }: Shape): A => {
    const size = values.length / (batch * steps);
    return values.map((_value, i) => {
      const [row, t] = [Math.floor(i / size / steps), Math.floor(i / size) % steps];
      return values[(row * steps + steps - 1 - t) * size + (i % size)]!;
    }) as A;
  };

  it('is going forwards over the turned sequence, turned back', () => {
    fc.assert(
      fc.property(anyCase, ({ attrs, seed, ...sizes }) => {
        const shape = { ...sizes, masked: 0.3 };
        const inputs = randomInputs(attrs, shape, seed);
        const turned = {
          ...inputs,
          projections: turn(inputs.projections, shape),
          mask: turn(inputs.mask!, shape),
        };
        const backwards = run(inputs, { ...attrs, goBackwards: true }, shape);
        const forwards = run(turned, { ...attrs, goBackwards: false }, shape);
        for (const name of OUTPUTS) {
          expect(backwards[name], name).toEqual(turn(forwards[name], shape));
        }
      }),
      PROPERTY,
    );
  });
});

describe('extreme values', () => {
  const shape: Shape = { batch: 2, steps: 6, units: 3 };
  const squashing = titled.filter(([, { activation }]) => activation === 'tanh');

  it.each(squashing)(
    'inputs and weights of up to ±1e4 saturate, and nothing overflows: %s',
    (_, attrs) => {
      const { outputs, gradients } = pass(
        randomInputs(attrs, { ...shape, scale: 1e4 }),
        attrs,
        shape,
      );
      for (const [name, values] of Object.entries({ ...outputs, ...gradients })) {
        expect(values.every(Number.isFinite), `${name} is finite`).toBe(true);
      }
      if (attrs.cell === 'SimpleRNN') {
        expect(
          outputs.h.every((value) => Math.abs(value) === 1),
          'h is ±1',
        ).toBe(true);
        expect(
          gradients.dProjections.every((value) => value === 0),
          'no gradient',
        ).toBe(true);
      }
    },
  );

  it.each(squashing)('values of up to ±1e-4 stay exact: %s', (_, attrs) => {
    const tiny = randomInputs(attrs, { ...shape, scale: 1e-4 });
    const { outputs, gradients } = pass(tiny, attrs, shape);
    const half = attrs.recurrentActivation === 'sigmoid' ? 1e-4 : 1e-3;
    if (attrs.cell !== 'SimpleRNN') {
      const { width, units } = sizesOf(attrs, shape);
      const first = outputs.gates.filter((_value, i) => i % width < units);
      expect(
        first.every((value) => Math.abs(value - 0.5) < half),
        'gates near ½',
      ).toBe(true);
    }
    expect(gradients.dh0.every(Number.isFinite), 'dh0 is finite').toBe(true);
  });

  it('a saturated LSTM gate is exactly open or shut, and passes no gradient', () => {
    const attrs = ALL_ATTRS.find(({ cell }) => cell === 'LSTM')!;
    const one: Shape = { batch: 1, steps: 1, units: 1 };
    const inputs = {
      projections: Float64Array.of(-1e4, 1e4, 0.3, 1e4),
      recurrentKernel: new Float64Array(4),
      h0: new Float64Array(1),
      c0: Float64Array.of(0.7),
    } as unknown as ForwardValues<Float64Array>;
    const { outputs, gradients } = pass(inputs, attrs, one);
    expect([...outputs.gates]).toEqual([0, 1, Math.tanh(0.3), 1]);
    expect([...outputs.c]).toEqual([0.7]);
    expect([...gradients.dProjections].map(Math.abs)).toEqual([0, 0, 0, 0]);
  });
});

describe('float32', () => {
  it.each(titled)('is the float64 run within its precision: %s', (_, attrs) => {
    const shape: Shape = {
      batch: 2,
      steps: 8,
      units: 4,
      projectionRows: 5,
      masked: 0.2,
      scale: 0.5,
    };
    const exact = pass(randomInputs(attrs, shape), attrs, shape);
    const to32 = <T extends object>(values: T) =>
      Object.fromEntries(
        Object.entries(values).map(([name, value]) => [
          name,
          value instanceof Float64Array ? Float32Array.from(value) : value,
        ]),
      ) as any;
    const sizes = sizesOf(attrs, shape);
    const inputs = to32(randomInputs(attrs, shape));
    const outputs = recurrentForwardReference<Float32Array>(inputs, attrs, sizes);
    const gradients = recurrentBackwardReference<Float32Array>(
      { ...inputs, ...outputs, ...to32(randomGradients(attrs, shape)) },
      attrs,
      sizes,
    );
    for (const name of OUTPUTS) {
      expect(outputs[name], name).toBeInstanceOf(Float32Array);
      expect(relativeError(outputs[name], exact.outputs[name]), name).toBeLessThan(1e-6);
    }
    for (const name of [
      'dProjections',
      'dRecurrentKernel',
      'dRecurrentBias',
      'dh0',
      'dc0',
    ] as const) {
      const error = relativeError(gradients[name], exact.gradients[name]);
      expect(error, name).toBeLessThan(2e-6);
    }
  });
});
