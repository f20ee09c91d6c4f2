import { beforeAll, describe, expect, it } from 'vitest';
import { EarlyStopping } from '../../../src/core/training/callbacks/early-stopping.ts';
import type { EpochFigures } from '../../../src/core/training/callbacks/monitor.ts';
import { ReduceOnPlateau } from '../../../src/core/training/callbacks/reduce-on-plateau.ts';
import { evaluate } from '../../../src/core/training/evaluation/evaluate.ts';
import { Run } from '../../../src/core/training/run.ts';
import { ADAM, EARLY_STOPPING, REDUCE_ON_PLATEAU } from '../../../src/core/training/settings.ts';
import type { EarlyStoppingSettings } from '../../../src/core/training/settings.ts';
import { finish, makeModel, makeSource, settingsWith, start, weightsOf } from './fixture.ts';

const loss = (value: number): EpochFigures => ({ training: { loss: value, accuracy: 0.5 } });
const accuracy = (value: number): EpochFigures => ({ training: { loss: 1, accuracy: value } });

describe('EarlyStopping', () => {
  /** The number of epochs after which a run with these figures ends, and its best epoch. */
  function play(
    settings: Partial<EarlyStoppingSettings>,
    figures: readonly EpochFigures[],
  ): [epochs: number, best: number | undefined] {
    const stopping = new EarlyStopping({ ...EARLY_STOPPING, monitor: 'loss', ...settings });
    for (const [epoch, epochFigures] of figures.entries()) {
      stopping.onEpoch(epoch, epochFigures);
      if (stopping.endsAfter(epoch + 1)) return [epoch + 1, stopping.state.bestEpoch];
    }
    return [figures.length, stopping.state.bestEpoch];
  }

  it('waits for so many epochs without improvement', () => {
    const losses = [3, 2, 2.5, 2.4, 1, 1, 1, 1].map(loss);
    expect(play({ patience: 2 }, losses)).toEqual([4, 1]);
    expect(play({ patience: 3 }, losses)).toEqual([8, 4]);
    expect(play({ patience: 0 }, losses)).toEqual([3, 1]);
  });

  it('wants more than minDelta, and more of some figures', () => {
    expect(play({ minDelta: 0.5, patience: 1 }, [3, 2.6, 2].map(loss))).toEqual([2, 0]);
    const rising = [0.5, 0.6, 0.7, 0.6].map(accuracy);
    expect(play({ monitor: 'accuracy', patience: 1 }, rising)).toEqual([4, 2]);
  });

  it('takes a figure that is no number for no improvement', () => {
    expect(play({ patience: 2 }, [Number.NaN, 2, Number.NaN, Number.NaN].map(loss))).toEqual([
      4, 1,
    ]);
  });
});

describe('ReduceOnPlateau', () => {
  const play = (changes: object, losses: readonly number[]): number[] => {
    const settings = { ...REDUCE_ON_PLATEAU, monitor: 'loss', minDelta: 0, ...changes } as const;
    const callback = new ReduceOnPlateau(settings as typeof REDUCE_ON_PLATEAU);
    return losses.map((value) => {
      callback.onEpoch(1, loss(value));
      return callback.state.factor;
    });
  };

  it('reduces after so many epochs on a plateau, again and again', () => {
    expect(play({ factor: 0.5, patience: 2 }, [3, 3, 3, 3, 3, 1])).toEqual([
      1, 1, 0.5, 0.5, 0.25, 0.25,
    ]);
  });

  it('cools down after a reduction', () => {
    const factors = play({ factor: 0.5, patience: 1, cooldown: 2 }, [3, 3, 3, 3, 3]);
    expect(factors).toEqual([1, 0.5, 0.5, 0.25, 0.25]);
  });

  it('stops at the lowest rate', () => {
    const factors = play({ factor: 0.1, patience: 1, minLearningRate: 0.05 }, [3, 3, 3, 3]);
    expect(factors).toEqual([1, 0.1, 0.05, 0.05]);
  });
});

describe('In a run', () => {
  const training = makeSource(1, 40);
  const validation = makeSource(2, 24);
  beforeAll(() => start('simd'));

  it('early stopping ends it, and the model has the weights of the best epoch', async () => {
    const model = makeModel();
    const run = new Run({
      model,
      settings: settingsWith({
        epochs: 60,
        optimizer: { ...ADAM, learningRate: 0.1 },
        earlyStopping: { ...EARLY_STOPPING, patience: 3, restoreBestWeights: true },
      }),
      training,
      validation,
    });
    const events = await finish(run);
    const epochs = events.filter((event) => event.type === 'epoch');
    const losses = epochs.map((event) => event.validation!.loss);
    const best = losses.indexOf(Math.min(...losses));
    expect(losses.length).toBe(best + 4);
    expect(epochs[best]!.best).toBe(true);
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'patience', restoredEpoch: best });
    expect((await evaluate(model, validation.epoch(0)))!.loss).toBe(losses[best]);
  });

  it('a plateau lowers the learning rate of the steps after it', async () => {
    const reduceOnPlateau = { ...REDUCE_ON_PLATEAU, patience: 1, minDelta: 9, factor: 0.5 };
    const settings = settingsWith({ epochs: 4, reduceOnPlateau });
    const events = await finish(new Run({ model: makeModel(), settings, training, validation }));
    const rates = events.flatMap((event) => (event.type === 'epoch' ? event.learningRate : []));
    expect(rates).toEqual([0.01, 0.01, 0.005, 0.0025]);
  });

  it('the average of the weights is validated, and what the model ends with', async () => {
    const model = makeModel();
    const settings = settingsWith({ epochs: 1, weightAveraging: 0.7 });
    const run = new Run({ model, settings, training, validation });
    const trajectory: Float32Array[][] = [];
    let judged = Number.NaN;
    for await (const event of run.start()) {
      if (event.type === 'batch') trajectory.push(weightsOf(model));
      if (event.type === 'epoch') judged = event.validation!.loss;
    }
    const expected = trajectory[0]!.map((values) => Float64Array.from(values));
    for (const weights of trajectory.slice(1)) {
      expected.forEach((values, i) => {
        values.forEach((value, j) => (values[j] = 0.7 * value + 0.3 * weights[i]![j]!));
      });
    }
    weightsOf(model).forEach((values, i) => {
      values.forEach((value, j) => expect(value).toBeCloseTo(expected[i]![j]!, 6));
    });
    expect((await evaluate(model, validation.epoch(0)))!.loss).toBe(judged);
  });
});
