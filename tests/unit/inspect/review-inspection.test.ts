import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { SIMD_BUILDS } from '../../../scripts/simd.ts';
import { alongTimesteps, inspectReview } from '../../../src/core/inspect/inspect-review.ts';
import { embeddingOf, logitGradient } from '../../../src/core/inspect/logit-gradient.ts';
import { occluded, occlusion } from '../../../src/core/inspect/occlusion.ts';
import { Predictor } from '../../../src/core/inspect/predictor.ts';
import { recurrentLayers } from '../../../src/core/inspect/recurrent-layers.ts';
import { runningLogits } from '../../../src/core/inspect/running.ts';
import { statesOf } from '../../../src/core/inspect/states.ts';
import { readerOf } from '../../../src/core/inspect/text-reader.ts';
import { readReview } from '../../../src/core/inspect/timesteps.ts';
import { startBackend } from '../../../src/core/kernels/register.ts';
import type { TrainedModel } from '../../../src/core/models/trained-model.ts';
import { bagOfWords, NETWORKS } from '../models/archive/trained.ts';

const TEXT = 'A great film, not a bad zombie film: the good is great';
const MODELS = { ...NETWORKS, bag: bagOfWords };

const read = (trained: TrainedModel, text = TEXT) =>
  readReview(readerOf(trained), trained.preprocessing, text);

const logitOf = async (trained: TrainedModel, text: string): Promise<number> => {
  const [{ probability } = { probability: NaN }] = await new Predictor(trained).predict([text]);
  return Math.log(probability / (1 - probability));
};

/** The logit of the model's layers after its Embedding, for given vectors of the words. */
function logitFrom({ model }: TrainedModel, ids: Int32Array, vectors: tf.Tensor): number {
  const embedding = embeddingOf(model) as unknown as { call?: () => tf.Tensor };
  embedding.call = () => vectors.clone();
  try {
    return tf.tidy(() => {
      const row = tf.tensor2d(ids, [1, ids.length], 'int32');
      return (model.apply(row, { training: false }) as tf.Tensor).dataSync()[0]!;
    });
  } finally {
    delete embedding.call;
  }
}

describe.each(['simd', 'cpu'] as const)('on %s', (backend) => {
  beforeAll(() => startBackend(backend, (build) => readFile(SIMD_BUILDS[build])));

  describe.each(Object.entries(MODELS))('%s', (_, make) => {
    it('gives the logit of the predictor, and a name to each timestep', async () => {
      const trained = make();
      const review = read(trained);
      const { logit, timesteps } = await inspectReview(trained, review);
      expect(logit).toBeCloseTo(await logitOf(trained, TEXT), 4);
      expect(timesteps.map(({ id }) => id)).toEqual([...review.row.ids]);
      const { words, preprocessing } = trained;
      for (const { id, kind, text } of timesteps) {
        if (kind === 'word' && id < preprocessing.numWords) {
          expect(words[id - 1 - preprocessing.indexFrom]).toBe(text);
        }
        if (kind === 'pad') expect(id).toBe(preprocessing.padId);
      }
    });

    it('shows the states of the model: each follows from its gates and the one before', async () => {
      const trained = make();
      const { row } = read(trained);
      const states = await statesOf(trained.model, row);
      const shape = ({ name, units }: { name: string; units: number }) => [name, units];
      expect(states.map(shape)).toEqual(recurrentLayers(trained.model).map(shape));
      for (const { h, c, gates, units, cell, backwards } of states) {
        expect(h.length).toBe(row.ids.length * units);
        if (cell !== 'LSTM') continue;
        const [i, f, g, o] = gates.map(({ values }) => values);
        const before = (at: number): number => c![backwards ? at + units : at - units] ?? 0;
        for (const at of h.keys()) {
          expect(c![at]).toBeCloseTo(f![at]! * before(at) + i![at]! * g![at]!, 5);
          expect(h[at]).toBeCloseTo(o![at]! * Math.tanh(c![at]!), 5);
        }
      }
    });

    it('occlusion is the difference of two predictions', async () => {
      const trained = make();
      const { ids } = read(trained);
      const deltas = await occlusion(trained, ids);
      const whole = await logitGradient(trained.model, read(trained).row);
      for (const [at, id] of ids.entries()) {
        if (id <= trained.preprocessing.indexFrom) {
          expect(deltas[at]).toBe(0);
          continue;
        }
        const hidden = occluded(ids, at, trained.preprocessing);
        const { row } = read({ ...trained });
        const padded = Int32Array.from(row.ids);
        padded.fill(trained.preprocessing.padId);
        padded.set(
          hidden,
          row.first + (trained.preprocessing.padding === 'pre' ? ids.length - hidden.length : 0),
        );
        const without = await logitGradient(trained.model, { ...row, ids: padded });
        expect(deltas[at]).toBeCloseTo(whole.logit - without.logit, 4);
      }
    });

    it('gradient × input is what finite differences give', async () => {
      const trained = make();
      const { row } = read(trained);
      const { timesInput } = await logitGradient(trained.model, row);
      const table = embeddingOf(trained.model).getWeights()[0]!;
      const size = table.shape[1]!;
      const vectors = tf.gather(table, tf.tensor1d(row.ids, 'int32')).expandDims(0);
      const values = (await vectors.data()) as Float32Array;
      const scale = 1e-2;
      for (const [t, expected] of timesInput.entries()) {
        const moved = (sign: number): number => {
          const next = values.slice();
          for (let e = 0; e < size; e++) next[t * size + e]! *= 1 + sign * scale;
          return logitFrom(trained, row.ids, tf.tensor3d(next, [1, row.ids.length, size]));
        };
        const slope = (moved(1) - moved(-1)) / (2 * scale);
        expect(Math.abs(slope - expected), `timestep ${t}`).toBeLessThan(2e-3);
      }
    });

    it('keeps no tensor and leaves the model as it was', async () => {
      const trained = make();
      await inspectReview(trained, read(trained));
      const before = await logitOf(trained, TEXT);
      const { numTensors } = tf.memory();
      await inspectReview(trained, read(trained));
      await occlusion(trained, read(trained).ids);
      await runningLogits(trained, read(trained).ids);
      expect(tf.memory().numTensors).toBe(numTensors);
      expect(await logitOf(trained, TEXT)).toBe(before);
    });
  });
});

describe('the running logit', () => {
  const trained = NETWORKS['GRU (reset_after) under LSTM, masked, post-padded']!();
  const text = 'a great film and not bad';

  it('is what the predictor says of the review so far', async () => {
    const review = read(trained, text);
    const logits = alongTimesteps(await runningLogits(trained, review.ids), review);
    const words = text.split(' ');
    for (const count of words.keys()) {
      const expected = await logitOf(trained, words.slice(0, count + 1).join(' '));
      expect(logits[count + 1]).toBeCloseTo(expected, 4);
    }
  });

  it('can be given up', async () => {
    const stop = new AbortController();
    const asked = runningLogits(trained, read(trained, text).ids, { signal: stop.signal });
    stop.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('∂logit/∂h_t', () => {
  it('is what moving the last state by hand gives', async () => {
    const trained = NETWORKS['SimpleRNN, fixed width']!();
    const { layers } = await inspectReview(trained, read(trained));
    const [layer] = layers;
    const kernel = trained.model.layers.at(-1)!.getWeights()[0]!.dataSync();
    const last = layer!.gradient.slice(-layer!.units);
    // The last state meets the logit in one product.
    expect([...last]).toEqual(Array.from(kernel, (weight) => expect.closeTo(weight, 5)));
  });
});

it('a text without a word is refused', async () => {
  const trained = NETWORKS['SimpleRNN, fixed width']!();
  await expect(inspectReview(trained, read(trained, ' ... '))).rejects.toThrow('no word to read');
});
