import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/core/training/evaluation/evaluate.ts';
import { overEpochs } from '../../../src/core/training/over-epochs.ts';
import type { RaceEvent } from '../../../src/core/training/race/events.ts';
import type { Racer } from '../../../src/core/training/race/lane.ts';
import { Race } from '../../../src/core/training/race/race.ts';
import type { RaceOptions } from '../../../src/core/training/race/race.ts';
import { Run } from '../../../src/core/training/run.ts';
import { ADAM } from '../../../src/core/training/settings.ts';
import type { TrainingSettings } from '../../../src/core/training/settings.ts';
import { finish, lossesOf, makeModel, makeSource, settingsWith, start } from './fixture.ts';

const source = makeSource(1, 60);
const held = makeSource(2, 20);
const STEPS = 10;

beforeAll(() => start('simd'));

const runOf = (model: tf.LayersModel, changes: Partial<TrainingSettings> = {}): Run =>
  new Run({
    model,
    settings: settingsWith({ epochs: 1, ...changes }),
    training: overEpochs(source, STEPS),
    snapshotEvery: Infinity,
  });

function racer(name: string, changes: Partial<TrainingSettings> = {}): Racer {
  const model = makeModel();
  return { name, run: runOf(model, changes), validate: () => evaluate(model, held.epoch(0)) };
}

async function raceOf(
  racers: readonly Racer[],
  options: Partial<RaceOptions> = {},
  at: (event: RaceEvent, race: Race) => void = () => {},
): Promise<RaceEvent[]> {
  const race = new Race(racers, { steps: STEPS, window: 3, validateEvery: 4, ...options });
  const events: RaceEvent[] = [];
  for await (const event of race.start()) {
    events.push(event);
    at(event, race);
  }
  return events;
}

const stepsOf = (events: readonly RaceEvent[], name: string) =>
  events.filter((event) => event.type === 'step').filter(({ model }) => model === name);

describe('a race', () => {
  it('lets each model take a step in turn, and each learns as it would alone', async () => {
    const slow = { optimizer: { ...ADAM, learningRate: 0.001 } };
    const events = await raceOf([racer('fast'), racer('slow', slow)]);
    const turns = events.filter(({ type }) => type === 'step').map(({ model }) => model);
    expect(turns).toEqual(Array.from({ length: STEPS }, () => ['fast', 'slow']).flat());
    for (const [name, changes] of [['fast', {}] as const, ['slow', slow] as const]) {
      const alone = lossesOf(await finish(runOf(makeModel(), changes)));
      expect(stepsOf(events, name).map(({ batch }) => batch.loss)).toEqual(alone);
    }
    const [fast, slower] = ['fast', 'slow'].map((name) => stepsOf(events, name)[0]!.batch.loss);
    expect(fast, 'one seed, one batch, one start').toBe(slower);
    expect(events.slice(-2).map(({ type }) => type)).toEqual(['done', 'done']);
  });

  it('tells the moving mean, and validates as often as it is asked to and at the end', async () => {
    const events = await raceOf([racer('only')]);
    const steps = stepsOf(events, 'only');
    const losses = steps.map(({ batch }) => batch.loss);
    expect(steps[0]!.recent.loss).toBe(losses[0]);
    expect(steps[5]!.recent.loss).toBeCloseTo((losses[3]! + losses[4]! + losses[5]!) / 3, 12);
    const validations = events.filter((event) => event.type === 'validation');
    expect(validations.map(({ step }) => step)).toEqual([4, 8, 10]);
    expect(validations.every(({ reviews }) => reviews === 20)).toBe(true);
    expect(steps.every(({ seconds }, i) => seconds > (steps[i - 1]?.seconds ?? 0))).toBe(true);
  });

  it('goes on without a model that diverges, whose record is told', async () => {
    const wild = { optimizer: { name: 'sgd', learningRate: 1e30, momentum: 0, nesterov: false } };
    const events = await raceOf([racer('calm'), racer('wild', wild as Partial<TrainingSettings>)]);
    const failed = events.find((event) => event.type === 'failed')!;
    expect(failed.model).toBe('wild');
    expect(failed.record.steps.at(-1)!.step).toBe(failed.step);
    expect(failed.message).toContain(`step ${failed.step}`);
    expect(stepsOf(events, 'wild').length).toBe(failed.step - 1);
    expect(stepsOf(events, 'calm').length).toBe(STEPS);
    expect(events.at(-1)).toEqual({ type: 'done', model: 'calm', step: STEPS });
  });

  it('stops between two models, and leaves no tensor behind but the models’', async () => {
    const racers = [racer('a'), racer('b')];
    const { numTensors } = tf.memory();
    const events = await raceOf(racers, {}, ({ model, step }, race) => {
      if (model === 'a' && step === 3) race.control.stop();
    });
    expect(events.at(-1)).toMatchObject({ type: 'step', model: 'a', step: 3 });
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it('takes one round at a time when it is paused and stepped', async () => {
    let rounds = 0;
    const events = await raceOf([racer('a'), racer('b')], {}, (event, { control }) => {
      if (event.type !== 'step' || event.model !== 'b') return;
      if (++rounds === 3) control.stop();
      else control.step();
    });
    expect(events.filter(({ type }) => type === 'step').length).toBe(6);
  });

  it('looks inside every model: gradients by timestep, clipping, a pinned review', async () => {
    const pinned = { ids: Int32Array.from([0, 4, 5, 6]), shape: [1, 4] as const };
    const clipping = { kind: 'clipvalue', value: 1e-3 } as const;
    const race = new Race([{ ...racer('a', { clipping }), pinned }, racer('b')], {
      steps: 2,
      window: 1,
      validateEvery: 0,
    });
    race.observe({ every: 1, stateGradients: true, spectralRadii: true });
    const events: RaceEvent[] = [];
    for await (const event of race.start()) events.push(event);
    const [a] = stepsOf(events, 'a');
    const [b] = stepsOf(events, 'b');
    const [first] = source.epoch(0);
    expect(a!.telemetry!.stateGradients![0]!.norms.length).toBe(first!.shape[1]);
    expect(a!.telemetry!.spectralRadii![0]!.radii.length, 'a radius for each gate').toBe(4);
    expect(a!.telemetry!.activations![0]!.shape).toEqual([1, 4, 3]);
    expect(a!.telemetry!.angle).toBeGreaterThan(0);
    expect(a!.clippedShare).toBe(1);
    expect(b!.telemetry!.activations).toBeUndefined();
    expect([b!.telemetry!.angle, b!.clippedShare]).toEqual([0, 0]);
  });
});

describe('overEpochs', () => {
  it('goes on in the next epoch, and can begin anywhere', () => {
    const rows = (batches: Iterable<{ rows: Uint32Array }>) =>
      [...batches].map((batch) => [...batch.rows].join());
    const all = rows(overEpochs(source, 20).epoch(0));
    expect(all).toEqual([
      ...rows(source.epoch(0)),
      ...rows(source.epoch(1)),
      ...rows(source.epoch(2)).slice(0, 20 - 2 * source.size),
    ]);
    expect(rows(overEpochs(source, 20).epoch(0, 11))).toEqual(all.slice(11));
  });
});
