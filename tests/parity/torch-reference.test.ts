import { describe, expect, it } from 'vitest';
import { checkForward } from '../../src/core/kernels/spec/recurrent.ts';
import {
  recurrentBackwardReference,
  recurrentForwardReference,
} from '../../src/core/kernels/spec/reference-recurrent.ts';
import { relativeError } from '../unit/kernels/recurrent-cases.ts';
import { TOLERANCES } from './tolerances.ts';
import { torchFixtures, type Plain, type TorchFixture } from './torch-fixtures.ts';

const TOLERANCE = TOLERANCES.reference;

/** a [n, k] · b [k, m], row-major. */
function matMul(a: ArrayLike<number>, b: ArrayLike<number>, n: number, k: number, m: number) {
  return Float64Array.from({ length: n * m }, (_, index) => {
    const row = Math.floor(index / m);
    let sum = 0;
    for (let i = 0; i < k; i++) sum += a[row * k + i]! * b[i * m + (index % m)]!;
    return sum;
  });
}

function transpose(a: ArrayLike<number>, rows: number, columns: number) {
  return Float64Array.from(
    { length: rows * columns },
    (_, index) => a[(index % rows) * columns + Math.floor(index / rows)]!,
  );
}

const floats = (plain: Plain | undefined) => plain && Float64Array.from(plain.values);
const integers = (plain: Plain | undefined) => plain && Int32Array.from(plain.values);
const info = (plain: Plain | undefined) => plain && { shape: plain.shape };

/** Runs the single layer of a fixture, its words as rows of the projected embeddings. */
function run({ inputs, layers, mask, outputGradients }: TorchFixture) {
  const { attrs, kernel, recurrentKernel, bias, h0, c0 } = layers[0]!;
  const vectors = (inputs.embeddings ?? inputs.x)!;
  const size = vectors.shape.at(-1)!;
  const width = kernel.shape[1]!;
  const count = vectors.values.length / size;
  const two = bias.shape.length === 2;
  const projections = matMul(vectors.values, kernel.values, count, size, width).map(
    (value, i) => value + bias.values[i % width]!,
  );
  const sizes = checkForward(
    {
      projections: { shape: [count, width] },
      rows: info(inputs.ids),
      recurrentKernel,
      recurrentBias: two ? { shape: [width] } : undefined,
      h0,
      c0: info(c0),
      mask,
    },
    attrs,
  );
  const values = {
    projections,
    rows: integers(inputs.ids),
    recurrentKernel: floats(recurrentKernel)!,
    recurrentBias: two ? floats(bias)!.slice(width) : undefined,
    h0: floats(h0)!,
    c0: floats(c0),
    mask: integers(mask),
  };
  const outputs = recurrentForwardReference(values, attrs, sizes);
  const dc = floats(outputGradients.c) ?? new Float64Array(outputs.c.length);
  if (outputGradients.lastC) dc.set(scatterLast(outputGradients.lastC, sizes.steps, attrs));
  const gradients = recurrentBackwardReference(
    { ...values, ...outputs, dh: floats(outputGradients.h)!, dc },
    attrs,
    sizes,
  );
  const dInputBias = Float64Array.from({ length: width }, (_, column) =>
    gradients.dProjections.reduce((sum, value, i) => (i % width === column ? sum + value : sum), 0),
  );
  return {
    attrs,
    sizes,
    outputs,
    gradients: {
      vectors: matMul(
        gradients.dProjections,
        transpose(kernel.values, size, width),
        count,
        width,
        size,
      ),
      kernel: matMul(
        transpose(vectors.values, count, size),
        gradients.dProjections,
        size,
        count,
        width,
      ),
      recurrentKernel: gradients.dRecurrentKernel,
      bias: Float64Array.of(...dInputBias, ...gradients.dRecurrentBias),
      h0: gradients.dh0,
      c0: gradients.dc0,
    },
    states: { h: gradients.dhTotal, c: gradients.dcTotal },
  };
}

/** [B, U] as [B, T, U], at the step that is read last. */
function scatterLast(
  { shape, values }: Plain,
  steps: number,
  { goBackwards }: { goBackwards: boolean },
) {
  const [batch, units] = shape as [number, number];
  const out = new Float64Array(batch * steps * units);
  for (let row = 0; row < batch; row++) {
    const at = row * steps + (goBackwards ? 0 : steps - 1);
    out.set(values.slice(row * units, (row + 1) * units), at * units);
  }
  return out;
}

const single = torchFixtures().filter(({ layers }) => layers.length === 1);

describe('the float64 reference against PyTorch', () => {
  it.each(single.map((fixture) => [fixture.name, fixture] as const))('%s', (_, fixture) => {
    const { attrs, sizes, outputs, gradients, states } = run(fixture);
    for (const name of ['h', 'c', 'gates', 'inner'] as const) {
      const wanted = fixture.outputs[name];
      if (!wanted) continue;
      expect(relativeError(outputs[name], wanted.values), name).toBeLessThan(TOLERANCE);
    }
    if (fixture.outputs.lastC) {
      const expected = scatterLast(fixture.outputs.lastC, sizes.steps, attrs);
      const last = outputs.c.map((value, i) => {
        const step = Math.floor(i / sizes.units) % sizes.steps;
        return step === (attrs.goBackwards ? 0 : sizes.steps - 1) ? value : 0;
      });
      expect(relativeError(last, expected), 'last c').toBeLessThan(TOLERANCE);
    }
    const wantedOfInput = fixture.gradients.inputs.x ?? fixture.gradients.inputs.embeddings;
    const ofInput = relativeError(gradients.vectors, wantedOfInput!.values);
    expect(ofInput, 'gradient of the input').toBeLessThan(TOLERANCE);
    for (const [name, wanted] of Object.entries(fixture.gradients.states ?? {})) {
      const error = relativeError(states[name as 'h' | 'c'], wanted.values);
      expect(error, `gradient of every ${name}`).toBeLessThan(TOLERANCE);
    }
    for (const name of ['kernel', 'recurrentKernel', 'bias', 'h0', 'c0'] as const) {
      const wanted = fixture.gradients.layers[0]![name]?.values ?? [];
      expect(relativeError(gradients[name], wanted), `gradient of ${name}`).toBeLessThan(TOLERANCE);
    }
  });
});
