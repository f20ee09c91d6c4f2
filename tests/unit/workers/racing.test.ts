import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BUILT_DATA, fetchFromDisk } from '../../../scripts/built-data.ts';
import { packModel } from '../../../src/core/models/portable.ts';
import { checkModel } from '../../../src/core/models/settings/index.ts';
import { MemoryStore } from '../../../src/core/training/checkpoints/memory-store.ts';
import type { Calls, RaceRequest } from '../../../src/protocol/compute.ts';
import { Session } from '../../../src/workers/session.ts';
import { Steering } from '../../../src/workers/session/steering.ts';

type Event = Calls['race']['event'];

const settings = (cell: string, more: object = {}) =>
  checkModel({
    text: { maxlen: 6 },
    network: { embeddingDim: 4, layers: [{ cell, units: 3 }] },
    training: { patience: 2, averaging: 0.9, ...more },
  });

const request: RaceRequest = {
  entries: [
    { name: 'simple', settings: settings('SimpleRNN') },
    { name: 'gated', settings: settings('GRU') },
  ],
  sample: 'starter',
  steps: 3,
  batchSize: 16,
  seed: 5,
  window: 2,
  validateEvery: 0,
  validationReviews: 50,
};

describe('a race in the worker', () => {
  let session: Session;

  beforeEach(() => {
    vi.stubGlobal('fetch', fetchFromDisk);
    session = new Session(BUILT_DATA.replace(/data\/$/, ''), { store: new MemoryStore() });
  });
  afterEach(() => vi.unstubAllGlobals());

  async function race(
    changes: Partial<RaceRequest> = {},
    at: (event: Event, steering: Steering) => void = () => {},
  ) {
    const events: Event[] = [];
    const steering = new Steering();
    const emit = (event: Event): void => {
      events.push(event);
      at(event, steering);
    };
    const result = await session.answers.race({ ...request, ...changes }, emit, steering);
    return { events, result };
  }

  const losses = (events: readonly Event[], name: string) =>
    events.flatMap((event) =>
      event.type === 'step' && event.model === name ? event.batch.loss : [],
    );

  it('learns word vectors first for a model that starts from them', async () => {
    const plain = settings('GRU');
    const text = { ...plain.text, numWords: 200 };
    const start = (embedding: 'uniform' | 'wordVectors') =>
      checkModel({ ...plain, text, network: { ...plain.network, embedding } });
    const entries = [
      { name: 'noise', settings: start('uniform') },
      { name: 'vectors', settings: start('wordVectors') },
    ];
    const { events } = await race({ entries, steps: 1 });
    // All else is drawn from the same seed.
    expect(losses(events, 'vectors')[0]).not.toBe(losses(events, 'noise')[0]);
  });

  it('begins with what races, and ends with every model validated', async () => {
    const { events, result } = await race();
    const started = events.find((event) => event.type === 'started')!;
    expect(started).toMatchObject({ steps: 3, trainReviews: 1600, validationReviews: 50 });
    expect(started.models.map(({ name, layers }) => [name, layers[2]!.className])).toEqual([
      ['simple', 'SimpleRNN'],
      ['gated', 'GRU'],
    ]);
    expect(events.flatMap((event) => (event.type === 'validation' ? event.reviews : []))).toEqual([
      50, 50,
    ]);
    expect(result).toEqual({ outcome: 'finished', weights: {} });
  });

  it('is the same for the same seed, and no model changes another’s course', async () => {
    const together = await race();
    const alone = await race({ entries: [request.entries[1]!] });
    const other = await race({ seed: 6 });
    expect(losses(together.events, 'gated')).toEqual(losses(alone.events, 'gated'));
    expect(losses(together.events, 'gated')).not.toEqual(losses(other.events, 'gated'));
  });

  it('takes models that cells made, whose weights come back', async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.embedding({ inputDim: 500, outputDim: 4, inputLength: 8 }),
        tf.layers.simpleRNN({ units: 4 }),
        tf.layers.dense({ units: 1, activation: 'sigmoid' }),
      ],
    });
    const entry = {
      name: 'mine',
      model: await packModel(model),
      encoding: { numWords: 500, maxlen: 8, padding: 'pre', truncating: 'pre' },
      training: { optimizer: 'adam', learningRate: 0.01 },
    } as const;
    const { result } = await race({ entries: [entry, request.entries[0]!] });
    expect(Object.keys(result.weights)).toEqual(['mine']);
    result.weights['mine']!.forEach((values, i) =>
      expect(values, `weight ${i}`).not.toEqual(model.getWeights()[i]!.dataSync()),
    );
  });

  it('shows a text to every model, as each reads it', async () => {
    const post = settings('LSTM');
    const entries = [
      request.entries[0]!,
      { name: 'post', settings: { ...post, text: { ...post.text, padding: 'post' as const } } },
    ];
    const { events } = await race({
      entries,
      watch: 'A good film, xqzzt',
      telemetry: { every: 2, stateGradients: true },
    });
    const started = events.find((event) => event.type === 'started')!;
    expect(started.models.map(({ watched }) => watched!.map(({ word }) => word))).toEqual([
      ['', '', 'a', 'good', 'film', ''],
      ['', 'a', 'good', 'film', '', ''],
    ]);
    expect(started.models.map(({ watched }) => watched!.map(({ id }) => Math.min(id, 4)))).toEqual([
      [0, 1, 4, 4, 4, 2],
      [1, 4, 4, 4, 2, 0],
    ]);
    const steps = events.filter((event) => event.type === 'step');
    expect(steps.map(({ step, telemetry }) => [step, telemetry !== undefined])).toEqual([
      ...[1, 1].map((step) => [step, true]),
      ...[2, 2].map((step) => [step, false]),
      ...[3, 3].map((step) => [step, true]),
    ]);
    expect(steps[1]!.telemetry!.activations![0]!.shape).toEqual([1, 6, 3]);
    expect(steps[1]!.telemetry!.stateGradients![0]!.norms.length).toBe(6);
  });

  it('keeps going when a model diverges', async () => {
    const wild = { optimizer: 'sgd', learningRate: 1, momentum: 0.99 };
    const relu = settings('SimpleRNN', wild);
    const layers = [{ ...relu.network.layers[0]!, activation: 'relu' as const, units: 64 }];
    const network = { ...relu.network, layers };
    const text = { ...relu.text, maxlen: 300 };
    const entries = [request.entries[0]!, { name: 'wild', settings: { ...relu, text, network } }];
    const { events } = await race({ entries, steps: 30 });
    const failed = events.filter((event) => event.type === 'failed');
    expect(failed.map(({ model }) => model)).toEqual(['wild']);
    expect(failed[0]!.record.steps.length).toBeGreaterThan(0);
    expect(losses(events, 'simple').length).toBe(30);
  });

  it('stops at once, and no model stays', async () => {
    await race({ steps: 1 });
    const { numTensors } = tf.memory();
    const { events, result } = await race({ steps: 50 }, (event, steering) => {
      if (event.type === 'step') steering.act('stop');
    });
    expect(result.outcome).toBe('stopped');
    expect(events.filter(({ type }) => type === 'step').length).toBe(1);
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it('can be stopped while it gets ready', async () => {
    const { result } = await race({}, (_, steering) => steering.act('stop'));
    expect(result).toEqual({ outcome: 'stopped', weights: {} });
  });

  it('refuses too many models, and two of one name, and settings that can’t be', async () => {
    const [entry] = request.entries as readonly [(typeof request.entries)[0]];
    const five = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ ...entry, name }));
    await expect(race({ entries: five })).rejects.toThrow('1 to 4 models, not 5');
    await expect(race({ entries: [entry, entry] })).rejects.toThrow('called "simple"');
    const bad = { name: 'bad', settings: settings('LSTM') };
    const text = { ...bad.settings.text, maxlen: 0 };
    const { numTensors } = tf.memory();
    await expect(
      race({ entries: [entry, { ...bad, settings: { ...bad.settings, text } }] }),
    ).rejects.toThrow('Length must be');
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});
