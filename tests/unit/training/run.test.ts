import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { RunStateError } from '../../../src/core/training/errors.ts';
import type { BatchEvent, RunEvent } from '../../../src/core/training/events.ts';
import { Run } from '../../../src/core/training/run.ts';
import { ADAM } from '../../../src/core/training/settings.ts';
import type { TrainingSettings } from '../../../src/core/training/settings.ts';
import {
  finish,
  lossesOf,
  makeModel,
  makeSource,
  settingsWith,
  start,
  weightsOf,
} from './fixture.ts';

const training = makeSource(1, 60);
const validation = makeSource(2, 20);

beforeAll(() => start('simd'));

const make = (changes: Partial<TrainingSettings> = {}, model = makeModel()): Run =>
  new Run({ model, settings: settingsWith(changes), training, validation });

const isBatch = (event: RunEvent): event is BatchEvent => event.type === 'batch';

describe('Run', () => {
  it('tells every batch and epoch and its end, and how it goes', async () => {
    const events = await finish(make({ epochs: 3 }));
    const batches = events.filter(isBatch);
    expect(batches.map(({ step }) => step)).toEqual(Array.from({ length: 24 }, (_, i) => i + 1));
    expect(events.at(-1)).toEqual({ type: 'end', step: 24, reason: 'epochs' });
    const last = batches.at(-1)!;
    expect(last).toMatchObject({ epoch: 2, steps: 24, learningRate: 0.01, backend: 'simd' });
    // Without clipping.
    expect(last.clippedNorm).toBe(last.gradientNorm);
    expect(last.gradientNorm).toBeGreaterThan(0);
    expect(last.kernels).toBeGreaterThan(10);
    expect(last.memory.bytes).toBeGreaterThan(1000);
    expect(last.tokensPerSecond).toBeGreaterThan(last.reviewsPerSecond * 2);
    expect(last.tokensPerSecond).toBeLessThan(last.reviewsPerSecond * 12);
    expect(batches.every(({ secondsLeft }) => secondsLeft >= 0 && secondsLeft < 60)).toBe(true);
    const epochs = events.filter((event) => event.type === 'epoch');
    expect(epochs.map(({ step }) => step)).toEqual([8, 16, 24]);
    const { training: first } = epochs[0]!;
    expect(epochs[2]!.training.loss).toBeLessThan(first.loss);
    const { confusion, reviews } = epochs[2]!.validation!;
    expect(reviews).toBe(20);
    expect(Object.values(confusion).reduce((sum, count) => sum + count)).toBe(20);
  });

  it('learns what there is to learn', async () => {
    const events = await finish(make({ epochs: 12, optimizer: { ...ADAM, learningRate: 0.05 } }));
    const epochs = events.filter((event) => event.type === 'epoch');
    expect(epochs.at(-1)!.validation!.auc).toBeGreaterThan(0.8);
  });

  it('holds no more tensors from step to step, and none once it ends', async () => {
    const model = makeModel(1, 0.2);
    const before = tf.memory().numTensors;
    const run = make(
      {
        epochs: 3,
        weightAveraging: 0.9,
        clipping: { kind: 'clipvalue', value: 0.01 },
        l2: { embedding: 0.01, recurrent: 0.01, dense: 0.01 },
      },
      model,
    );
    run.observe({ every: 2, stateGradients: true, spectralRadii: true });
    const events = await finish(run);
    expect(new Set(events.filter(isBatch).map(({ memory }) => memory.tensors)).size).toBe(1);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('drops other numbers at each step, and the same in each run', async () => {
    const losses: number[][] = [];
    for (const seed of [1, 1, 2]) {
      const run = make({ seed, epochs: 1 }, makeModel(1, 0.5));
      losses.push(lossesOf(await finish(run)));
    }
    expect(losses[1]).toEqual(losses[0]);
    expect(losses[2]).not.toEqual(losses[0]);
  });

  it('goes on beside another run as it would alone', async () => {
    const alone = [1, 2].map((seed) => makeModel(seed, 0.3));
    const expected: number[][] = [];
    for (const model of alone) expected.push(lossesOf(await finish(make({ seed: 5 }, model))));
    const together = [1, 2].map((seed) => make({ seed: 5 }, makeModel(seed, 0.3)));
    const events = await Promise.all(together.map(finish));
    expect(events.map(lossesOf)).toEqual(expected);
  });

  it('refuses a model that another run is training, and a second start', async () => {
    const model = makeModel();
    const [first, second] = [make({}, model), make({}, model)];
    const events = first.start();
    await events.next();
    await expect(second.start().next()).rejects.toThrow('Another run is training this model');
    await events.return();
    await expect(first.start().next()).rejects.toThrow(RunStateError);
    expect((await finish(second)).at(-1)!.type).toBe('end');
    await expect(finish(second)).rejects.toThrow('started before');
  });

  it('stopped in the first batch ends after it, without validation', async () => {
    const run = make();
    const types: string[] = [];
    for await (const { type } of run.start()) {
      types.push(type);
      run.control.stop();
    }
    expect(types).toEqual(['batch']);
    expect((await run.checkpoint()).position).toEqual({ epoch: 0, batch: 1, step: 1 });
  });

  it('stopped before the first batch takes none, and leaves the weights alone', async () => {
    const model = makeModel();
    const before = weightsOf(model);
    const run = make({}, model);
    run.control.stop();
    expect(await finish(run)).toEqual([]);
    expect(weightsOf(model)).toEqual(before);
  });

  it('paused, takes one batch for each step, with the validation at the end of an epoch', async () => {
    const run = make({ epochs: 1 });
    run.control.pause();
    const seen: string[] = [];
    const all = (async () => {
      for await (const { type } of run.start()) seen.push(type);
    })();
    const settle = async () => {
      for (let i = 0; i < 60; i++) await new Promise((resolve) => setTimeout(resolve));
    };
    await settle();
    expect(seen).toEqual([]);
    for (let step = 1; step <= 7; step++) {
      run.control.step();
      await settle();
      expect(seen).toEqual(Array(step).fill('batch'));
    }
    run.control.step();
    await all;
    expect(seen.slice(7)).toEqual(['batch', 'epoch', 'end']);
  });

  it('works without validation reviews', async () => {
    const run = new Run({ model: makeModel(), settings: settingsWith(), training });
    const epochs = (await finish(run)).filter((event) => event.type === 'epoch');
    expect(epochs.map(({ validation: none }) => none)).toEqual([undefined, undefined]);
  });

  it('refuses sets of reviews that are empty before it starts', () => {
    const options = { model: makeModel(), settings: settingsWith(), training };
    const empty = makeSource(1, 0);
    expect(() => new Run({ ...options, training: empty })).toThrow('no review to train on');
    expect(() => new Run({ ...options, validation: empty })).toThrow('no review to validate on');
  });

  it('honours the regularizers that the layers bring along, in the loss and in the gradient', async () => {
    const regularized = (l2: number): tf.LayersModel =>
      tf.sequential({
        layers: [
          tf.layers.embedding({
            inputDim: 44,
            outputDim: 2,
            inputShape: [null],
            embeddingsInitializer: 'ones',
          }),
          tf.layers.globalAveragePooling1d({}),
          tf.layers.dense({
            units: 1,
            kernelInitializer: 'ones',
            ...(l2 ? { kernelRegularizer: tf.regularizers.l2({ l2 }) } : {}),
          }),
        ],
      });
    const own = make({ l2: { embedding: 0, recurrent: 0, dense: 0.3 } }, regularized(0));
    const theirs = make({}, regularized(0.3));
    const [a, b] = [await finish(own), await finish(theirs)];
    lossesOf(a).forEach((loss, i) => expect(loss, `step ${i}`).toBeCloseTo(lossesOf(b)[i]!, 5));
    const valid = (events: RunEvent[]) =>
      events.find((event) => event.type === 'epoch')!.validation!;
    expect(valid(a).loss).toBeCloseTo(valid(b).loss, 5);
    expect(valid(a).loss).toBeGreaterThan(0.9);
  });
});

describe('Settings that can’t be used', () => {
  const early = { monitor: 'valLoss', patience: 1, minDelta: 0, restoreBestWeights: true } as const;
  const cases: [Partial<TrainingSettings>, string][] = [
    [{ optimizer: { ...ADAM, learningRate: 0 } }, 'learningRate must be a number above 0, not 0.'],
    [{ optimizer: { ...ADAM, learningRate: -1 } }, 'not -1'],
    [{ optimizer: { ...ADAM, learningRate: Number.NaN } }, 'not NaN'],
    [{ optimizer: { ...ADAM, beta1: 1 } }, 'beta1 must be at least 0 and below 1, not 1.'],
    [{ epochs: 0 }, 'epochs must be a whole number of at least 1, not 0.'],
    [{ seed: 0.5 }, 'seed'],
    [{ clipping: { kind: 'clipnorm', value: 0 } }, 'clipnorm must be a number above 0, not 0.'],
    [{ l2: { embedding: 0, recurrent: -1, dense: 0 } }, 'l2.recurrent'],
    [{ decay: { kind: 'step', factor: 2, steps: 1 } }, 'decay.factor'],
    [{ warmupSteps: -1 }, 'warmupSteps'],
    [{ labelSmoothing: 1 }, 'labelSmoothing'],
    [{ weightAveraging: 1 }, 'weightAveraging'],
    [{ earlyStopping: { ...early, patience: -1 } }, 'earlyStopping.patience'],
    [{ earlyStopping: { ...early, monitor: 'f1' as 'loss' } }, 'earlyStopping.monitor'],
  ];
  it.each(cases)('%o', (changes, message) => {
    expect(() => make(changes)).toThrow(message);
  });

  it('a figure of validation, where nothing is validated', () => {
    const settings = settingsWith({ earlyStopping: early });
    expect(() => new Run({ model: makeModel(), settings, training })).toThrow(
      'earlyStopping watches valLoss, but the run has no validation reviews.',
    );
  });

  it('how often to look', () => {
    expect(() => make().observe({ every: 0 })).toThrow('every must be');
  });
});
