import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  decodeCheckpoint,
  encodeCheckpoint,
} from '../../../src/core/training/checkpoints/codec.ts';
import type { RunEvent } from '../../../src/core/training/events.ts';
import { Run } from '../../../src/core/training/run.ts';
import {
  ADAM,
  EARLY_STOPPING,
  REDUCE_ON_PLATEAU,
  RMSPROP,
  SGD,
} from '../../../src/core/training/settings.ts';
import type { OptimizerSettings, TrainingSettings } from '../../../src/core/training/settings.ts';
import {
  finish,
  lossesOf,
  makeModel,
  makeSource,
  settingsWith,
  start,
  stopAfter,
  weightsOf,
} from './fixture.ts';

const training = makeSource(1, 40);
const validation = makeSource(2, 16);

/** Everything that a checkpoint has to keep. */
const everything: Partial<TrainingSettings> = {
  epochs: 4,
  warmupSteps: 3,
  decay: { kind: 'cosine', alpha: 0.1 },
  clipping: { kind: 'global_clipnorm', value: 0.05 },
  l2: { embedding: 0.001, recurrent: 0, dense: 0.01 },
  wordDropout: { rate: 0.2, unknownId: 2, firstWordId: 4 },
  weightAveraging: 0.8,
  earlyStopping: { ...EARLY_STOPPING, patience: 9, restoreBestWeights: true },
  reduceOnPlateau: { ...REDUCE_ON_PLATEAU, patience: 1, minDelta: 0.05, factor: 0.5 },
};

const optimizers: OptimizerSettings[] = [
  { ...ADAM, learningRate: 0.02 },
  { ...RMSPROP, learningRate: 0.01 },
  { ...SGD, learningRate: 0.5, momentum: 0.9, nesterov: true },
];

const make = (optimizer: OptimizerSettings, seed = 1) => ({
  model: makeModel(seed, 0.3),
  settings: settingsWith({ ...everything, optimizer }),
  training,
  validation,
});

/** All that can be told apart of epochs and batches. */
const traceOf = (events: readonly RunEvent[]) =>
  events.flatMap((event) => {
    if (event.type === 'batch')
      return [[event.step, event.batch, event.learningRate, event.clippedNorm]];
    return event.type === 'epoch'
      ? [[event.step, event.training, event.validation, event.best]]
      : [];
  });

describe.each(['simd', 'cpu'] as const)('On %s', (backend) => {
  beforeAll(() => start(backend));

  // Five batches an epoch: in its middle, after its last batch, and between the epochs.
  const cuts = backend === 'simd' ? [1, 7, 10, 18] : [7];
  it.each(optimizers.map((optimizer) => [optimizer.name, optimizer] as const))(
    'a stopped run goes on as if it had never stopped, with %s',
    async (_, optimizer) => {
      const straight = make(optimizer);
      const trace = traceOf(await finish(new Run(straight)));
      for (const cut of cuts) {
        const first = new Run(make(optimizer));
        const before = traceOf(await stopAfter(first, cut));
        const from = decodeCheckpoint(encodeCheckpoint(await first.checkpoint()));
        // Other weights to begin with: all must come from the checkpoint.
        const second = make(optimizer, 2);
        const after = traceOf(await finish(new Run({ ...second, from })));
        expect([...before, ...after], `stopped after ${cut}`).toEqual(trace);
        expect(weightsOf(second.model), `stopped after ${cut}`).toEqual(weightsOf(straight.model));
      }
    },
  );
});

describe('Going on', () => {
  beforeAll(() => start('simd'));

  it('from a checkpoint taken while the run goes on changes neither', async () => {
    const expected = lossesOf(await finish(new Run(make(ADAM))));
    const run = new Run(make(ADAM));
    const losses: number[] = [];
    let from = await (async () => {
      for await (const event of run.start()) {
        if (event.type === 'batch') losses.push(event.batch.loss);
        if (event.type === 'epoch' && event.epoch === 0) return run.checkpoint();
      }
      throw new Error('no epoch');
    })();
    expect(from.position).toEqual({ epoch: 1, batch: 0, step: 5 });
    const fork = run.fork(from, { model: makeModel(3, 0.3) });
    expect([...losses, ...lossesOf(await finish(fork))]).toEqual(expected);
    from = await fork.checkpoint();
    expect(from.position.epoch).toBe(4);
  });

  it('a fork may have other settings, more epochs and another optimizer', async () => {
    const run = new Run({ model: makeModel(), settings: settingsWith(), training });
    await finish(run);
    const from = await run.checkpoint();
    expect(await finish(run.fork(from))).toEqual([{ type: 'end', step: 10, reason: 'epochs' }]);
    const optimizer = { ...RMSPROP, learningRate: 0.02 };
    const events = await finish(
      run.fork(from, { settings: settingsWith({ epochs: 3, optimizer }) }),
    );
    expect(events.at(-1)).toEqual({ type: 'end', step: 15, reason: 'epochs' });
    expect(events[0]).toMatchObject({ type: 'batch', step: 11, learningRate: 0.02 });
  });

  it('on another backend takes the weights and the optimizer along', async () => {
    const options = make({ ...ADAM, learningRate: 0.02 });
    const straight = lossesOf(await finish(new Run(make({ ...ADAM, learningRate: 0.02 }))));
    const first = new Run({ ...options, snapshotEvery: 4 });
    const before = await stopAfter(first, 9);
    // A stopped control would stop the next run too.
    const second = first.fork(await first.checkpoint());
    await start('cpu');
    const after = await finish(second);
    await start('simd');
    const losses = [...lossesOf(before), ...lossesOf(after)];
    expect(after.find((event) => event.type === 'batch')!.backend).toBe('cpu');
    expect(losses.length).toBe(straight.length);
    losses.forEach((loss, i) => expect(loss, `step ${i}`).toBeCloseTo(straight[i]!, 4));
  });

  it('refuses checkpoints of other models and other batches, and leaves the weights alone', async () => {
    const run = new Run({ model: makeModel(), settings: settingsWith(), training });
    await stopAfter(run, 4);
    const from = await run.checkpoint();
    const other = tf.sequential({
      layers: [
        tf.layers.embedding({ inputDim: 44, outputDim: 4, inputShape: [null] }),
        tf.layers.lstm({ units: 2 }),
        tf.layers.dense({ units: 1 }),
      ],
    });
    const weights = weightsOf(other);
    await expect(finish(run.fork(from, { model: other }))).rejects.toThrow(
      /lstm.*\/kernel is \[4,12\] in the checkpoint, but \[4,8\] in the model/,
    );
    expect(weightsOf(other)).toEqual(weights);
    expect(() => run.fork(from, { training: makeSource(1, 16) })).toThrow(
      'stands at batch 4 of an epoch, but an epoch has 2',
    );
  });
});
