import { describe, expect, it } from 'vitest';
import { RaceProgress } from '../../../src/client/race-progress.ts';
import type { RaceEvent, RaceStepEvent } from '../../../src/core/training/race/events.ts';
import { raceCurve } from '../../../src/components/training/race-curves.ts';
import { requestFor } from '../../../src/components/training/race-figure.ts';
import type { RaceFigure } from '../../../src/components/training/race-figure.ts';
import { describeRace, figuresOf } from '../../../src/components/training/race-text.ts';

const figure: RaceFigure = {
  models: [
    { name: 'tanh', color: 'red', settings: { network: { layers: [{ cell: 'SimpleRNN' }] } } },
    { name: 'gated', color: 'blue', settings: { text: { maxlen: 50 } } },
  ],
  curves: ['loss'],
  steps: 4,
};

const step = (model: string, at: number, loss: number): RaceStepEvent => ({
  type: 'step',
  model,
  step: at,
  steps: 4,
  batch: { loss, accuracy: 0.5 },
  recent: { loss, accuracy: 0.5 },
  learningRate: 0.01,
  gradientNorm: 2,
  clippedNorm: 1,
  clippedShare: 1,
  seconds: at / 10,
});

const failed = (model: string, at: number): RaceEvent => ({
  type: 'failed',
  model,
  step: at,
  message: 'The loss became NaN.',
  trouble: { kind: 'loss', step: at },
  record: { variables: [], steps: [] },
});

describe('the request of a race', () => {
  it('has the lab’s settings where the figure says nothing', () => {
    const { entries, sample, seed, batchSize } = requestFor(figure);
    const [tanh, gated] = entries.map((entry) => 'settings' in entry && entry.settings);
    expect(tanh).toMatchObject({ network: { layers: [{ cell: 'SimpleRNN', units: 16 }] } });
    expect(gated).toMatchObject({ text: { maxlen: 50, numWords: 5000 } });
    expect({ sample, seed, batchSize }).toEqual({ sample: 'starter', seed: 1, batchSize: 32 });
  });

  it('takes what the reader chose, for all models or for those named', () => {
    const { entries, seed } = requestFor(figure, [
      { path: 'seed', value: 9 },
      { path: 'training.learningRate', value: 0.5 },
      { path: 'network.layers.0.activation', value: 'relu', models: ['tanh'] },
    ]);
    const settings = entries.map((entry) => ('settings' in entry ? entry.settings : undefined)!);
    expect(seed).toBe(9);
    expect(settings.map(({ training }) => training.learningRate)).toEqual([0.5, 0.5]);
    expect(settings.map(({ network }) => network.layers[0]!.activation)).toEqual(['relu', 'tanh']);
  });

  it('refuses a choice that can’t be, by its name', () => {
    const choice = { path: 'training.learningRate', value: -1 };
    expect(() => requestFor(figure, [choice])).toThrow('Learning rate must be');
  });
});

describe('the progress of a race', () => {
  const after = (...events: readonly RaceEvent[]) =>
    events.reduce((race, event) => race.after(event), new RaceProgress(['a', 'b']));

  it('follows each model, and counts the steps that all have taken', () => {
    const race = after(step('a', 1, 0.7), step('b', 1, 0.6), step('a', 2, 0.5));
    expect([race.step, race.model('a').loss, race.model('b').loss]).toEqual([1, 0.5, 0.6]);
    expect(() => race.model('c')).toThrow('no model called "c"');
  });

  it('goes on without a model that has failed', () => {
    const race = after(step('a', 1, 0.7), failed('b', 1), step('a', 2, 0.5));
    expect(race.step).toBe(2);
    expect(figuresOf(race.model('b')).at(-1)).toBe('diverged at step 1');
    expect(describeRace(race.with({ state: 'finished' }), false)).toBe('Finished. b diverged.');
  });

  it('becomes curves in the colours of the figure', () => {
    const race = after(step('a', 1, 0.7), step('b', 1, 0.6), step('a', 2, 0.5));
    const { series, xMax, guides } = raceCurve('loss', race, ['red', 'blue'], 4);
    expect(series.map(({ name, color, points }) => ({ name, color, points }))).toEqual([
      {
        name: 'a',
        color: 'red',
        points: [
          [1, 0.7],
          [2, 0.5],
        ],
      },
      { name: 'b', color: 'blue', points: [[1, 0.6]] },
    ]);
    expect([xMax, guides![0]!.value]).toEqual([4, Math.LN2]);
  });
});
