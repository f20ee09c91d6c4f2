import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { describeHalfLife, halfLife, vectorsOf } from '../../../src/components/gates/valves.ts';
import type { Dataset } from '../../../src/core/dataset/loader/dataset.ts';
import { clampGate } from '../../../src/core/inspect/clamp-gate.ts';
import type { GateLevel, Valve } from '../../../src/core/inspect/clamp-gate.ts';
import { Predictor } from '../../../src/core/inspect/predictor.ts';
import { recurrentLayers } from '../../../src/core/inspect/recurrent-layers.ts';
import type { TrainedModel } from '../../../src/core/models/trained-model.ts';
import { evaluate } from '../../../src/core/training/evaluation/evaluate.ts';
import { accuracyWithoutLoop, meanGates } from '../../../src/figures/gates/roads.ts';
import { raceOutcomes, readGates, validationBatches } from '../../../src/figures/gates/runs.ts';
import { CELL_RACE, HELD_AT, READER, ROW } from '../../../src/figures/gates/settings.ts';
import { openStarter } from '../../../src/figures/open-data.ts';
import { openShipped } from '../../../src/figures/shipped-model.ts';
import { widestSwing } from '../../../src/lessons/simple-rnn-vs-lstm/wording.ts';

let dataset: Dataset;
let trained: TrainedModel;

beforeAll(async () => {
  dataset = await openStarter();
  ({ trained } = (await openShipped([READER]))!);
});

describe('the review that is read', () => {
  test('has gates that make its states, and the verdict of the model', async () => {
    const text = await dataset.text(dataset.positionOf(ROW)!);
    const reading = await readGates(trained, text, { steps: 500, units: 24 });
    expect(reading.words[0]).toBe('‹start›');
    for (let t = 0; t < reading.words.length; t++) {
      const { c0, f, i, g, o, c, h } = vectorsOf(reading, t);
      c.forEach((value, unit) => {
        // Everything is rounded to two digits.
        const kept = f[unit]! * c0[unit]! + i[unit]! * g[unit]!;
        expect(Math.abs(value - kept), `c of unit ${unit} at ${t}`).toBeLessThan(
          0.02 + 0.006 * Math.abs(c0[unit]!),
        );
        expect(Math.abs(h[unit]! - o[unit]! * Math.tanh(value))).toBeLessThan(0.02);
      });
    }
    const [prediction] = await new Predictor(trained).predict([text]);
    expect(reading.verdicts.at(-1)).toBeCloseTo(prediction!.probability, 2);
  });
});

describe('the shipped network: if these fail after new weights, the lesson must say something else', () => {
  test('has units that forget at once, units that remember, and uses words from far back', async () => {
    const { f } = await meanGates(dataset, trained, 10);
    expect(halfLife(Math.min(...f)), 'less than a word').toBeLessThan(1);
    expect(halfLife(Math.max(...f)), 'more than fifty').toBeGreaterThan(50);
    const whole = (await evaluate(trained.model, validationBatches(dataset, trained)))!.accuracy;
    const ending = await evaluate(trained.model, validationBatches(dataset, trained, 12));
    expect(whole - ending!.accuracy, 'about twenty points').toBeGreaterThan(0.15);
    expect(whole - ending!.accuracy, 'about twenty points').toBeLessThan(0.25);
  });

  test('needs both roads, the valve most; deaf gates cost least', async () => {
    const batches = validationBatches(dataset, trained);
    const layer = recurrentLayers(trained.model)[0]!;
    const whole = (await evaluate(trained.model, batches))!.accuracy;
    const [shut] = await clampGate(trained.model, layer, 'f', [0], batches);
    const valve = whole - shut!.evaluation.accuracy;
    const loop = whole - (await accuracyWithoutLoop(trained, ['g'], batches));
    const hearing = whole - (await accuracyWithoutLoop(trained, ['i', 'f', 'o'], batches));
    expect(valve).toBeGreaterThan(loop);
    expect(loop).toBeGreaterThan(hearing);
    expect(hearing).toBeGreaterThan(0.02);
    expect((await evaluate(trained.model, batches))!.accuracy, 'the weights are back').toBe(whole);
  });

  test('loses ten points and more at any value for all units, and few at one of its own for each', async () => {
    const batches = validationBatches(dataset, trained);
    const layer = recurrentLayers(trained.model)[0]!;
    const held = async (gate: Valve, values: readonly GateLevel[]): Promise<number[]> => {
      const clamped = await clampGate(trained.model, layer, gate, values, batches);
      return clamped.map(({ evaluation }) => evaluation.accuracy);
    };
    const whole = (await evaluate(trained.model, batches))!.accuracy;
    for (const one of await held('f', HELD_AT)) expect(whole - one).toBeGreaterThan(0.1);
    for (const one of await held('i', [0.2, 0.5, 0.8])) expect(whole - one).toBeGreaterThan(0.05);
    const { f } = await meanGates(dataset, trained, 10);
    const [apart] = await held('f', [f]);
    expect(whole - apart!).toBeGreaterThan(0);
    expect(whole - apart!).toBeLessThan(0.05);
    expect((await held('i', [0]))[0], 'shut to all input').toBe(0.5);
  });
});

test('gates win the race by ten points, whatever the seed, and not by their number of weights', async () => {
  const [simple, wide, lstm, gru] = await raceOutcomes(dataset, CELL_RACE);
  expect(Math.abs(wide!.recurrent - lstm!.recurrent) / lstm!.recurrent).toBeLessThan(0.05);
  const ungated = Math.max(simple!.accuracy, wide!.accuracy);
  expect(lstm!.accuracy - ungated).toBeGreaterThan(0.1);
  expect(gru!.accuracy - ungated).toBeGreaterThan(0.1);
  const models = CELL_RACE.models.filter(({ name }) => name === 'SimpleRNN' || name === 'LSTM');
  const [plain, gated] = await raceOutcomes(dataset, { ...CELL_RACE, models, seed: 2 });
  expect(gated!.accuracy - plain!.accuracy).toBeGreaterThan(0.08);
});

test('half is left after a half-life', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 0.999, noNaN: true }), (forget) => {
      expect(forget ** halfLife(forget)).toBeCloseTo(0.5, 9);
    }),
    { seed: 1, numRuns: 200 },
  );
  expect([halfLife(0), halfLife(0.5), halfLife(1)]).toEqual([0, 1, Infinity]);
  expect(describeHalfLife(0.9)).toBe(
    'A forget gate of 0.90 keeps half of what the cell holds for 6.6 words.',
  );
});

test('the widest swing is of the unit that moves most', () => {
  expect(widestSwing([0.1, 0.5, 0.9, 0.6, 0.4, 0.5], 2)).toEqual({ low: 0.1, high: 0.9 });
});
