import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { SIMD_BUILDS } from '../../scripts/simd.ts';
import type { Batch } from '../../src/core/dataset/batch/batcher.ts';
import { startBackend } from '../../src/core/kernels/register.ts';
import { DEFAULT_TRAINING } from '../../src/core/training/settings.ts';
import type { ClippingSettings, OptimizerSettings } from '../../src/core/training/settings.ts';
import { trainablesOf } from '../../src/core/training/step/model-variables.ts';
import { Stepper } from '../../src/core/training/step/stepper.ts';
import { relativeError } from '../unit/kernels/recurrent-cases.ts';

/** What PyTorch made of some steps. See scripts/golden/training.py. */
interface Fixture {
  readonly l2: { readonly embedding: number; readonly dense: number };
  readonly labelSmoothing: number;
  readonly learningRates: number[];
  readonly start: number[][];
  readonly batches: { readonly ids: number[]; readonly labels: number[] }[];
  readonly cases: {
    readonly optimizer: Omit<OptimizerSettings, 'learningRate'>;
    readonly clipping: ClippingSettings;
    readonly steps: {
      readonly loss: number;
      readonly norms: number[];
      readonly clippedNorms: number[];
      readonly angle: number;
    }[];
    readonly weights: number[][];
  }[];
}

const FILE = new URL('fixtures/training.json', import.meta.url);
const fixture = JSON.parse(readFileSync(FILE, 'utf8')) as Fixture;

/** float32 here, float64 there, over six steps. */
const TOLERANCE = 2e-6;

function makeModel(): tf.LayersModel {
  const model = tf.sequential({
    layers: [
      tf.layers.embedding({ inputDim: 7, outputDim: 3, inputLength: 3 }),
      tf.layers.globalAveragePooling1d({}),
      tf.layers.dense({ units: 1 }),
    ],
  });
  tf.tidy(() => {
    const start = model.weights.map(({ shape }, i) => tf.tensor(fixture.start[i]!, shape as []));
    model.setWeights(start);
  });
  return model;
}

const batches = fixture.batches.map(({ ids, labels }): Batch => {
  const [rows, width] = [labels.length, ids.length / labels.length];
  return {
    ids: Int32Array.from(ids),
    shape: [rows, width],
    lengths: new Int32Array(rows).fill(width),
    labels: Float32Array.from(labels),
    rows: new Uint32Array(rows),
  };
});

const title = ({ optimizer, clipping }: Fixture['cases'][number]): string =>
  `${Object.values(optimizer).join(' ')}, ${Object.values(clipping).join(' ')}`;

describe.each(['simd', 'cpu'] as const)('Training steps on %s agree with PyTorch', (backend) => {
  beforeAll(() => startBackend(backend, (build) => readFile(SIMD_BUILDS[build])));

  it.each(fixture.cases.map((one) => [title(one), one] as const))('%s', async (_, one) => {
    const before = tf.memory().numTensors;
    const model = makeModel();
    const trainables = trainablesOf(model);
    const stepper = new Stepper(model, trainables, {
      ...DEFAULT_TRAINING,
      optimizer: { ...one.optimizer, learningRate: 1 } as OptimizerSettings,
      clipping: one.clipping,
      l2: { ...fixture.l2, recurrent: 0 },
      labelSmoothing: fixture.labelSmoothing,
    });
    for (const [i, batch] of batches.entries()) {
      const draft = await stepper.draft(batch, i);
      stepper.update(draft, fixture.learningRates[i]!);
      const expected = one.steps[i]!;
      const { before: raw, after, angle, clipped } = draft.clipping;
      const at = `step ${i}`;
      expect(draft.loss, at).toBeCloseTo(expected.loss, 5);
      expect(relativeError(raw, expected.norms), at).toBeLessThan(1e-5);
      expect(relativeError(after, expected.clippedNorms), at).toBeLessThan(1e-5);
      expect(angle, at).toBeCloseTo(expected.angle, 3);
      expect(clipped, at).toBe(expected.norms.some((norm, j) => norm > expected.clippedNorms[j]!));
    }
    for (const [i, { name, variable }] of trainables.entries()) {
      expect(relativeError(variable.dataSync(), one.weights[i]!), name).toBeLessThan(TOLERANCE);
    }
    stepper.dispose();
    model.dispose();
    expect(tf.memory().numTensors, 'tensors left behind').toBe(before);
  });
});
