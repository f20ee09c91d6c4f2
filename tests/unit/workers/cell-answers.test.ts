import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BUILT_DATA, fetchFromDisk } from '../../../scripts/built-data.ts';
import { packModel } from '../../../src/core/models/portable.ts';
import { MemoryStore } from '../../../src/core/training/checkpoints/memory-store.ts';
import type { CallName, Calls } from '../../../src/protocol/compute.ts';
import { Session } from '../../../src/workers/session.ts';
import { Steering } from '../../../src/workers/session/steering.ts';

const encoding = { numWords: 500, maxlen: 8, padding: 'pre', truncating: 'pre' } as const;
const training = {
  epochs: 1,
  batchSize: 16,
  optimizer: 'adam',
  learningRate: 0.01,
  seed: 1,
} as const;

const smallModel = (): tf.Sequential =>
  tf.sequential({
    layers: [
      tf.layers.embedding({ inputDim: 500, outputDim: 4, inputLength: 8 }),
      tf.layers.gru({ units: 4 }),
      tf.layers.dense({ units: 1, activation: 'sigmoid' }),
    ],
  });

describe('what cells ask the worker', () => {
  let session: Session;

  beforeEach(() => {
    vi.stubGlobal('fetch', fetchFromDisk);
    session = new Session(BUILT_DATA.replace(/data\/$/, ''), { store: new MemoryStore() });
  });
  afterEach(() => vi.unstubAllGlobals());

  function call<K extends CallName>(
    name: K,
    request: Calls[K]['request'],
    emit: (event: Calls[K]['event']) => void = () => {},
    steering = new Steering(),
  ): Promise<Calls[K]['result']> {
    return session.answers[name](request, emit, steering);
  }

  it('to train: as many steps as were asked for, validated, and the weights come back changed', async () => {
    const model = smallModel();
    const types: string[] = [];
    const { outcome, weights } = await call(
      'trainModel',
      {
        model: await packModel(model),
        encoding,
        reviews: { sample: 'starter', count: 100 },
        training: { ...training, stepsPerEpoch: 3 },
      },
      (event) => types.push(event.type),
    );
    expect(outcome).toBe('finished');
    expect(types.filter((type) => type === 'batch').length).toBe(3);
    expect(types).toContain('epoch');
    const before = model.getWeights();
    expect(weights.map(({ length }) => length)).toEqual(before.map(({ size }) => size));
    weights.forEach((values, i) =>
      expect(values, `weight ${i}`).not.toEqual(before[i]!.dataSync()),
    );
  });

  it('to train, and then to stop: the weights learnt so far come back', async () => {
    const steering = new Steering();
    const { outcome, weights } = await call(
      'trainModel',
      { model: await packModel(smallModel()), encoding, reviews: { sample: 'starter' }, training },
      (event) => event.type === 'batch' && steering.act('stop'),
      steering,
    );
    expect(outcome).toBe('stopped');
    expect(weights.length).toBe(6);
  });

  it('to read: an opinion after each word, the last of them the whole', async () => {
    const request = { model: await packModel(smallModel()), encoding, text: 'A very good film' };
    const { probability, words } = await call('readModel', request);
    expect(words.map(({ word }) => word)).toEqual(['a', 'very', 'good', 'film']);
    expect(words.at(-1)!.probability).toBeCloseTo(probability, 6);
  });

  it('for reviews: the first ones of a split, and one by its row', async () => {
    const reviews = await call('reviews', { split: 'validation', from: 2, count: 3 });
    expect(reviews.map(({ split }) => split)).toEqual(['validation', 'validation', 'validation']);
    expect(await call('reviewAt', { row: reviews[1]!.row })).toEqual(reviews[1]);
    await expect(call('reviewAt', { row: 50_000 })).rejects.toThrow(
      'no review with row number 50000',
    );
  });

  it('for the vocabulary', async () => {
    const { words } = await call('vocabulary', { size: 3 });
    expect(words).toEqual(['the', 'and', 'a']);
  });
});
