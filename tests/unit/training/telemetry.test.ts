import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { BatchEvent } from '../../../src/core/training/events.ts';
import { Run } from '../../../src/core/training/run.ts';
import { binaryCrossentropy } from '../../../src/core/training/step/loss.ts';
import { spectralRadius } from '../../../src/core/training/telemetry/spectral-radius.ts';
import type { TelemetryRequest } from '../../../src/core/training/telemetry/telemetry.ts';
import {
  finish,
  lossesOf,
  makeModel,
  makeSource,
  settingsWith,
  start,
  weightsOf,
} from './fixture.ts';

const training = makeSource(1, 40);
beforeAll(() => start('simd'));

const make = (model = makeModel(), clip = 0.02): Run =>
  new Run({
    model,
    settings: settingsWith({ clipping: { kind: 'clipnorm', value: clip } }),
    training,
  });

async function observed(run: Run, request: TelemetryRequest): Promise<BatchEvent[]> {
  run.observe(request);
  return (await finish(run)).filter((event) => event.type === 'batch');
}

describe('Telemetry', () => {
  it('comes on the steps that were asked for, and changes nothing', async () => {
    const plain = lossesOf(await finish(make()));
    const batches = await observed(make(), {
      every: 3,
      stateGradients: true,
      spectralRadii: true,
      pinned: { ids: Int32Array.of(1, 5, 9), shape: [1, 3] },
    });
    expect(lossesOf(batches)).toEqual(plain);
    const sampled = batches.flatMap(({ step, telemetry }) => (telemetry ? [step] : []));
    expect(sampled).toEqual([1, 4, 7, 10]);
  });

  it('shows rows of the embedding as they are after the step', async () => {
    const model = makeModel();
    const run = make(model);
    run.observe({ every: 1, embeddings: 3 });
    const events = run.start();
    const { telemetry } = (await events.next()).value as BatchEvent;
    const [table] = weightsOf(model);
    const [rows] = telemetry!.embeddings!;
    const [ids, size] = rows!.shape;
    expect(ids).toBe(3);
    expect(rows!.values).toEqual(table!.slice(0, 3 * size));
    expect(rows!.layer).toBe(
      model.layers.find((layer) => layer.getClassName() === 'Embedding')!.name,
    );
    await events.return();
  });

  it('tells the norms of gradients, weights and updates', async () => {
    const model = makeModel();
    const before = weightsOf(model);
    const run = make(model);
    run.observe({ every: 1 });
    const events = run.start();
    const { telemetry, gradientNorm, clippedNorm } = (await events.next()).value as BatchEvent;
    const after = weightsOf(model);
    const norm = (values: Float32Array, other?: Float32Array): number =>
      Math.hypot(...values.map((value, i) => value - (other?.[i] ?? 0)));
    const { variables, angle, clippedShare } = telemetry!;
    expect(variables.map(({ name }) => name.replace(/_\d+\//, '/').replace(/^.*\//, ''))).toEqual([
      'embeddings',
      'kernel',
      'recurrent_kernel',
      'bias',
      'kernel',
      'bias',
    ]);
    variables.forEach(({ raw, clipped, weight, update }, i) => {
      expect(clipped).toBeCloseTo(Math.min(raw, 0.02), 6);
      expect(weight).toBeCloseTo(norm(after[i]!), 5);
      expect(update).toBeCloseTo(norm(after[i]!, before[i]), 6);
    });
    expect(gradientNorm).toBeCloseTo(Math.hypot(...variables.map(({ raw }) => raw)), 8);
    expect(clippedNorm).toBeCloseTo(Math.hypot(...variables.map(({ clipped }) => clipped)), 8);
    // The cosine of the whole gradient with its clipped self, both made of the same directions.
    const dot = variables.reduce((sum, { raw, clipped }) => sum + raw * clipped, 0);
    expect(angle).toBeCloseTo(Math.acos(dot / gradientNorm / clippedNorm), 6);
    expect(angle).toBeGreaterThan(0.1);
    expect(clippedShare).toBe(1);
    await events.return();
  });

  it('counts clipped steps', async () => {
    const batches = await observed(make(makeModel(), 0.05), { every: 1 });
    let clipped = 0;
    batches.forEach(({ gradientNorm, clippedNorm, telemetry }, i) => {
      clipped += Number(clippedNorm < gradientNorm);
      expect(telemetry!.clippedShare, `step ${i + 1}`).toBeCloseTo(clipped / (i + 1), 10);
    });
    expect(clipped).toBeGreaterThan(0);
    expect(clipped).toBeLessThan(batches.length);
  });

  it('tells ‖∂L/∂h_t‖ of every timestep, as finite differences of the state do at the last', async () => {
    const model = makeModel();
    const [first] = training.epoch(0);
    // ∂L/∂h_T: the dense layer's share alone.
    const expected = tf.tidy(() => {
      const [rows, width] = first!.shape;
      const ids = tf.tensor2d(first!.ids, [rows, width], 'int32');
      const labels = tf.tensor2d(first!.labels, [rows, 1]);
      const inner = tf.model({ inputs: model.inputs, outputs: model.layers[1]!.output });
      const h = inner.predict(ids) as tf.Tensor;
      const dense = model.layers[3]!;
      const gradient = tf.grad((x) => binaryCrossentropy(labels, dense.apply(x) as tf.Tensor, 0))(
        h,
      );
      return gradient.norm().dataSync()[0]!;
    });
    const [batch] = await observed(make(model), { every: 1, stateGradients: true });
    const { layer, norms } = batch!.telemetry!.stateGradients![0]!;
    expect(layer).toMatch(/^lstm/);
    expect(norms.length).toBe(first!.shape[1]);
    expect(norms.at(-1)).toBeCloseTo(expected, 6);
    expect(norms.every((norm) => norm >= 0)).toBe(true);
  });

  it('shows states and gates of pinned reviews, which give the states', async () => {
    const pinned = { ids: Int32Array.of(0, 5, 9, 7, 5, 8), shape: [2, 3] } as const;
    const [batch] = await observed(make(), { every: 1, pinned });
    const { shape, h, c, gates } = batch!.telemetry!.activations![0]!;
    expect(shape).toEqual([2, 3, 3]);
    expect(gates!.length).toBe(2 * 3 * 12);
    // The padded first step leaves the state at 0; elsewhere h = o · tanh(c).
    expect(h.slice(0, 3)).toEqual(new Float32Array(3));
    for (let at = 1; at < 6; at++) {
      for (let unit = 0; unit < 3; unit++) {
        const o = gates![at * 12 + 9 + unit]!;
        expect(h[at * 3 + unit]).toBeCloseTo(o * Math.tanh(c![at * 3 + unit]!), 5);
      }
    }
  });

  it('tells the spectral radius of each gate’s recurrent kernel', async () => {
    const model = makeModel();
    const [batch] = await observed(make(model), { every: 1, spectralRadii: true });
    const { name, radii } = batch!.telemetry!.spectralRadii![0]!;
    expect(name).toMatch(/recurrent_kernel$/);
    expect(radii.length).toBe(4);
    expect(radii.every((radius) => radius > 0 && radius < 1.5)).toBe(true);
  });
});

describe('spectralRadius', () => {
  const turn = (angle: number, length: number): number[] => [
    length * Math.cos(angle),
    -length * Math.sin(angle),
    length * Math.sin(angle),
    length * Math.cos(angle),
  ];

  it.each<[string, number[], number]>([
    ['a diagonal', [0.5, 0, 0, 0, -0.9, 0, 0, 0, 0.1], 0.9],
    ['a turn, whose eigenvalues are complex', turn(1, 0.7), 0.7],
    ['a skewed turn', [0, 8, -0.02, 0], 0.4],
    ['a Jordan block', [0.8, 1, 0, 0.8], 0.8],
    ['nothing', [0, 0, 0, 0], 0],
    ['a nilpotent matrix', [0, 1, 0, 0], 0],
  ])('of %s', (_, matrix, radius) => {
    const size = Math.sqrt(matrix.length);
    const found = spectralRadius(Float32Array.from(matrix), size);
    expect(Math.abs(found - radius)).toBeLessThanOrEqual(0.02 * radius);
  });

  it('of a block of columns', () => {
    const matrix = Float32Array.of(9, 0.3, 0, 9, 0, 0.6);
    expect(spectralRadius(matrix, 2, 3, 1)).toBeCloseTo(0.6, 2);
  });
});
