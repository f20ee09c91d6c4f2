import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { describeHalfLife, halfLife, vectorsOf } from '../../../src/components/gates/valves.ts';
import type { Dataset } from '../../../src/core/dataset/loader/dataset.ts';
import { clampGate } from '../../../src/core/inspect/clamp-gate.ts';
import type { Valve } from '../../../src/core/inspect/clamp-gate.ts';
import { Predictor } from '../../../src/core/inspect/predictor.ts';
import { recurrentLayers } from '../../../src/core/inspect/recurrent-layers.ts';
import type { TrainedModel } from '../../../src/core/models/trained-model.ts';
import { evaluate } from '../../../src/core/training/evaluation/evaluate.ts';
import {
  accuracyWithoutLoop,
  keptByBothRoads,
  meanGates,
} from '../../../src/figures/gates/roads.ts';
import { raceOutcomes, readGates, validationBatches } from '../../../src/figures/gates/runs.ts';
import { CELL_RACE, READER, ROW } from '../../../src/figures/gates/settings.ts';
import { openStarter } from '../../../src/figures/open-data.ts';
import { openShipped } from '../../../src/figures/shipped-model.ts';
import { mean, widestSwing } from '../../../src/lessons/simple-rnn-vs-lstm/wording.ts';

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
  test('seems to forget within a few words, and uses many more', async () => {
    const gates = await meanGates(dataset, trained, 10);
    const whole = (await evaluate(trained.model, validationBatches(dataset, trained)))!.accuracy;
    const ending = await evaluate(trained.model, validationBatches(dataset, trained, 12));
    expect(halfLife(mean(gates.f)), 'of the forget gate alone').toBeLessThan(3);
    const kept = keptByBothRoads(trained, gates);
    expect(kept, 'by both roads').toBeGreaterThan(0.9);
    expect(kept).toBeLessThan(1.2);
    expect(whole - ending!.accuracy, 'what stands before the last 12 words').toBeGreaterThan(0.04);
  });

  test('needs both roads, and loses little where a gate is held at the right value', async () => {
    const batches = validationBatches(dataset, trained);
    const layer = recurrentLayers(trained.model)[0]!;
    const held = async (gate: Valve, values: readonly number[]): Promise<number[]> => {
      const clamped = await clampGate(trained.model, layer, gate, values, batches);
      return clamped.map(({ evaluation }) => evaluation.accuracy);
    };
    const whole = (await evaluate(trained.model, batches))!.accuracy;
    const [shut, right, high, open] = await held('f', [0, 0.55, 0.7, 1]);
    expect(whole - right!).toBeGreaterThan(0);
    expect(whole - right!).toBeLessThan(0.05);
    for (const wrong of [shut!, high!, open!]) expect(whole - wrong).toBeGreaterThan(0.1);
    expect(whole - (await accuracyWithoutLoop(trained, ['g'], batches))).toBeGreaterThan(0.1);
    expect(whole - (await accuracyWithoutLoop(trained, ['i', 'f', 'o'], batches))).toBeLessThan(
      0.05,
    );
    expect((await evaluate(trained.model, batches))!.accuracy, 'the weights are back').toBe(whole);
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
