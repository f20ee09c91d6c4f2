import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { ContextLostError } from '../../../src/core/kernels/webgl/context-lost-error.ts';
import { DivergedError, BackendFailedError } from '../../../src/core/training/errors.ts';
import type { RunEvent } from '../../../src/core/training/events.ts';
import { Snapshots } from '../../../src/core/training/recorder/snapshots.ts';
import { findTrouble } from '../../../src/core/training/recorder/trouble.ts';
import { Run } from '../../../src/core/training/run.ts';
import { ADAM, SGD } from '../../../src/core/training/settings.ts';
import {
  finish,
  lossesOf,
  makeModel,
  makeSource,
  replacing,
  settingsWith,
  start,
  weightsOf,
} from './fixture.ts';

const training = makeSource(1, 160);

beforeAll(() => start('simd'));

/** Trains until it fails, and gives what came before, and the failure. */
async function fail(run: Run): Promise<{ events: RunEvent[]; error: unknown }> {
  const events: RunEvent[] = [];
  try {
    for await (const event of run.start()) events.push(event);
  } catch (error) {
    return { events, error };
  }
  throw new Error('The run did not fail.');
}

async function diverge(run: Run): Promise<{ events: RunEvent[]; error: DivergedError }> {
  const { events, error } = await fail(run);
  if (!(error instanceof DivergedError)) throw error;
  return { events, error };
}

describe('A run that diverges', () => {
  it('by a learning rate of 1e9 explodes, and says from when on', async () => {
    const optimizer = { ...ADAM, learningRate: 1e9 };
    const run = new Run({ model: makeModel(), settings: settingsWith({ optimizer }), training });
    const { error, events } = await diverge(run);
    expect(error.trouble).toMatchObject({ kind: 'explosion', step: 1 });
    expect(error.message).toMatch(
      /^The loss became .*e\+\d+ at step 2\. Training has stopped; a lower learning/,
    );
    expect(error.record.steps.map(({ step }) => step)).toEqual([1, 2]);
    expect(error.record.steps.map(({ loss }) => loss)[0]).toBe(lossesOf(events)[0]);
    // The initial weights.
    expect(error.checkpoint!.position.step).toBe(0);
    expect(error.checkpoint!.weights[0]!.values).toEqual(weightsOf(makeModel())[0]);
  });

  it('stops at weights that are no numbers, and names them', async () => {
    const model = makeModel();
    tf.tidy(() => {
      const weights = model.getWeights();
      model.setWeights(weights.map((w, i) => (i === 2 ? tf.fill(w.shape, Number.NaN) : w)));
    });
    const run = new Run({ model, settings: settingsWith(), training });
    const { error, events } = await diverge(run);
    expect(events).toEqual([]);
    expect(error.trouble).toMatchObject({ kind: 'loss', step: 1 });
    expect(error.trouble.variable).toMatch(/lstm.*\/recurrent_kernel/);
    expect(error.message).toMatch(/^The loss became NaN at step 1\./);
    expect(error.checkpoint, 'no state was good').toBeUndefined();
    await expect(run.checkpoint()).rejects.toThrow('no state to go on from');
  });

  it('keeps gradients that are no numbers away from the weights', async () => {
    const model = makeModel();
    // A label that is no number: from the sixth batch on.
    const poisoned = replacing(training, (batch, _, index) =>
      index < 5 ? batch : { ...batch, labels: batch.labels.map(() => Number.NaN) },
    );
    const settings = settingsWith();
    const { error } = await diverge(new Run({ model, settings, training: poisoned }));
    expect(error.record.steps.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6]);
    const steps = error.record.steps.at(-1)!;
    expect(steps.gradientNorms.every(Number.isNaN)).toBe(true);
    expect(steps.rows).toEqual([...training.epoch(0)][5]!.rows);
    expect(weightsOf(model).every((values) => values.every(Number.isFinite))).toBe(true);
  });

  it('replays from the last good step with clipping, on the very batches', async () => {
    // Loud in the middle of the second epoch: unclipped SGD can't take it.
    const options = {
      settings: settingsWith({ epochs: 3, optimizer: { ...SGD, learningRate: 3e5 } }),
      training: makeSource(1, 80),
      snapshotEvery: 5,
    };
    const gentle = { ...options, settings: settingsWith({ epochs: 3 }) };
    const calm = new Run({ ...gentle, model: makeModel() });
    for await (const event of calm.start()) {
      if (event.type === 'batch' && event.step === 12) calm.control.stop();
    }
    const from = await calm.checkpoint();
    const model = makeModel();
    const wild = new Run({ ...options, model, from });
    const { error } = await diverge(wild);
    expect(error.checkpoint!.position.step).toBeLessThan(error.trouble.step);
    expect(error.message).toContain(`Step ${error.checkpoint!.position.step} is still good`);
    const settings = settingsWith({
      epochs: 3,
      optimizer: { ...SGD, learningRate: 0.1 },
      clipping: { kind: 'clipnorm', value: 0.1 },
    });
    const replay = wild.fork(error.checkpoint!, { settings });
    const events = await finish(replay);
    expect(events.at(-1)).toMatchObject({ type: 'end', step: 30 });
    // The first step that is taken again: the same loss as then.
    const again = error.record.steps.find(
      ({ step }) => step === error.checkpoint!.position.step + 1,
    )!;
    expect(events[0]).toMatchObject({
      type: 'batch',
      step: again.step,
      batch: { loss: again.loss },
    });
  });

  it('remembers the last fifty steps', async () => {
    const late = replacing(training, (batch, epoch, index) =>
      epoch * training.size + index < 70
        ? batch
        : { ...batch, labels: batch.labels.fill(Number.NaN) },
    );
    const run = new Run({
      model: makeModel(),
      settings: settingsWith({ epochs: 9 }),
      training: late,
    });
    const { error } = await diverge(run);
    expect(error.record.steps.map(({ step }) => step)).toEqual(
      Array.from({ length: 50 }, (_, i) => i + 22),
    );
    // That of the end of the third epoch: nothing was wrong then.
    expect(error.checkpoint!.position.step).toBe(60);
  });

  it('leaves no tensor behind', async () => {
    const model = makeModel();
    const before = tf.memory().numTensors;
    const optimizer = { ...ADAM, learningRate: 1e9 };
    const run = new Run({
      model,
      settings: settingsWith({ optimizer, weightAveraging: 0.9 }),
      training,
    });
    run.observe({ every: 1, stateGradients: true });
    await diverge(run);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('Snapshots', () => {
  it('keep the newest, and one that is old enough', () => {
    const snapshots = new Snapshots(10);
    const kept = (): (number | undefined)[] =>
      [Infinity, 22, 12, 2].map((step) => snapshots.before(step)?.position.step);
    for (const step of [0, 4, 8, 12, 14])
      snapshots.add({ position: { step }, weights: [] } as never);
    expect(kept()).toEqual([14, 14, 0, 0]);
    for (const step of [18, 24, 25]) snapshots.add({ position: { step }, weights: [] } as never);
    expect(kept()).toEqual([25, 12, undefined, undefined]);
  });
});

describe('findTrouble', () => {
  const step = (n: number, loss: number, gradientNorms: number[]) => ({
    step: n,
    epoch: 0,
    batch: n - 1,
    loss,
    accuracy: 0.5,
    learningRate: 1,
    gradientNorms,
    clippedNorm: 1,
    clipped: false,
    rows: new Uint32Array(1),
  });
  const variables = ['embedding', 'kernel', 'recurrent', 'dense'];

  it('finds none in a loss that is merely high', () => {
    const steps = [step(1, 0.7, [1, 1, 1, 1]), step(2, 40, [9, 9, 9, 9])];
    expect(findTrouble({ variables, steps })).toBeUndefined();
  });

  it('names the gradient nearest the loss of those that are no numbers', () => {
    const steps = [step(1, 0.7, [Number.NaN, Infinity, Number.NaN, 3])];
    expect(findTrouble({ variables, steps })).toEqual({
      kind: 'gradient',
      step: 1,
      variable: 'recurrent',
    });
  });

  it('finds the step before the rise, and the gradient that had grown most', () => {
    const steps = [
      step(1, 0.7, [1, 1, 1, 1]),
      step(2, 0.6, [2, 1, 50, 1]),
      step(3, 90, [1e4, 1, 1, 1]),
      step(4, 5_000, [1e9, 1, 1, 1]),
    ];
    expect(findTrouble({ variables, steps })).toEqual({
      kind: 'explosion',
      step: 2,
      variable: 'recurrent',
    });
  });
});

describe('A run that loses its GPU', () => {
  it('stops with the last good state, and goes on with the same model on another backend', async () => {
    const expected = lossesOf(
      await finish(new Run({ model: makeModel(), settings: settingsWith(), training })),
    );
    const model = makeModel();
    // No GPU here: the batch that the kernel would have failed on fails with its error.
    const losing = replacing(training, (batch, _, index) => {
      if (tf.getBackend() === 'simd' && index === 7) throw new ContextLostError('RecurrentForward');
      return batch;
    });
    const run = new Run({ model, settings: settingsWith(), training: losing, snapshotEvery: 5 });
    const { events, error } = await fail(run);
    expect(error).toBeInstanceOf(BackendFailedError);
    expect((error as BackendFailedError).checkpoint.position.step).toBe(5);
    expect((error as Error).message).toContain('go on from step 5');
    const next = await run.continueOn(() => start('cpu'));
    const rest = await finish(next);
    await start('simd');
    expect(rest[0]).toMatchObject({ type: 'batch', step: 6, backend: 'cpu' });
    const losses = [...lossesOf(events).slice(0, 5), ...lossesOf(rest)];
    expect(losses.length).toBe(expected.length);
    losses.forEach((loss, i) => expect(loss, `step ${i}`).toBeCloseTo(expected[i]!, 4));
  });
});
