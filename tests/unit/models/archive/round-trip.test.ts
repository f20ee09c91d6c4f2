import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { SIMD_BUILDS } from '../../../../scripts/simd.ts';
import { Predictor } from '../../../../src/core/inspect/predictor.ts';
import { startBackend } from '../../../../src/core/kernels/register.ts';
import { toFloat16 } from '../../../../src/core/models/archive/float16.ts';
import { loadModel, packModel } from '../../../../src/core/models/archive/model-archive.ts';
import type { ArchiveFiles } from '../../../../src/core/models/archive/files.ts';
import { readZip, writeZip } from '../../../../src/core/models/archive/zip.ts';
import type { TrainedModel } from '../../../../src/core/models/trained-model.ts';
import { bagOfWords, NETWORKS, TEXTS } from './trained.ts';

const MODELS: Record<string, () => TrainedModel> = { ...NETWORKS, 'bag of words': bagOfWords };

const probabilities = async (trained: TrainedModel): Promise<number[]> =>
  (await new Predictor(trained).predict(TEXTS)).map(({ probability }) => probability);

async function throughZip(files: ArchiveFiles): Promise<TrainedModel> {
  return loadModel(readZip(writeZip(files)));
}

/** What anyone's TensorFlow.js makes of the two files that are its own format. */
function loadPlain(files: ArchiveFiles): Promise<tf.LayersModel> {
  const { modelTopology, weightsManifest } = JSON.parse(
    new TextDecoder().decode(files['model.json']),
  ) as tf.io.ModelJSON;
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
  const weightData = files['weights.bin'].slice().buffer;
  return tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }));
}

beforeAll(() => startBackend('simd', (build) => readFile(SIMD_BUILDS[build])));

describe.each(Object.entries(MODELS))('%s', (_, make) => {
  it('gives exactly the same predictions when it comes back', async () => {
    const trained = make();
    const before = await probabilities(trained);
    expect(new Set(before).size, 'the texts make a difference').toBeGreaterThan(3);
    const files = await packModel(trained);
    const loaded = await throughZip(files);
    expect(await probabilities(loaded)).toEqual(before);
    expect(loaded.preprocessing).toEqual(trained.preprocessing);
    // And once more, from what was loaded.
    expect(await probabilities(await throughZip(await packModel(loaded)))).toEqual(before);
  });

  it('is read by plain tf.loadLayersModel, in every precision', async () => {
    for (const precision of ['float32', 'float16', 'uint8'] as const) {
      const files = await packModel(make(), precision);
      const ours = await throughZip(files);
      const model = await loadPlain(files);
      expect(await probabilities({ ...ours, model }), precision).toEqual(await probabilities(ours));
    }
  });

  it('loses little in half precision and bytes, and its files shrink', async () => {
    const trained = make();
    const before = await probabilities(trained);
    const sizes: number[] = [];
    for (const [precision, digits] of [
      ['float32', 9],
      ['float16', 2],
      ['uint8', 1],
    ] as const) {
      const files = await packModel(trained, precision);
      const after = await probabilities(await loadModel(files));
      after.forEach((probability, i) => expect(probability).toBeCloseTo(before[i]!, digits));
      sizes.push(files['weights.bin'].length);
    }
    expect(sizes[1]).toBe(sizes[0]! / 2);
    expect(sizes[2]).toBeLessThan(sizes[1]!);
  });

  it('leaves no tensor behind', async () => {
    const files = await packModel(make());
    const before = tf.memory().numTensors;
    const loaded = await loadModel(files);
    await probabilities(loaded);
    loaded.model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('toFloat16', () => {
  it('rounds as the platform’s own half floats do', () => {
    const view = new DataView(new ArrayBuffer(2)) as DataView & {
      setFloat16(at: number, value: number): void;
    };
    const values = [0, -0, 1, -1, 0.1, 65504, 65519, 65520, 1e9, -1e9, 6e-8, 2 ** -25, Infinity];
    for (let exponent = -30; exponent < 18; exponent += 1) {
      for (const mantissa of [1, 1.00048828125, 1.0004882813, 1.3333333, 1.99951171875, 1.9999]) {
        values.push(mantissa * 2 ** exponent, -mantissa * 2 ** exponent);
      }
    }
    for (const value of values) {
      // A weight is a float32 before it is anything else.
      view.setFloat16(0, Math.fround(value));
      expect(toFloat16(value), String(value)).toBe(view.getUint16(0));
    }
    expect(toFloat16(Number.NaN) & 0x7fff).toBeGreaterThan(0x7c00);
  });
});
