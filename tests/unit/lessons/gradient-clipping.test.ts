import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  angleBetween,
  clipPair,
  describePair,
} from '../../../src/components/clipping/two-numbers.ts';
import { slicePoints } from '../../../src/components/clipping/cliff-text.ts';
import type { Dataset } from '../../../src/core/dataset/loader/dataset.ts';
import { presetNamed } from '../../../src/core/models/presets/index.ts';
import { checkModel } from '../../../src/core/models/settings/index.ts';
import type { ModelSettings } from '../../../src/core/models/settings/index.ts';
import { dissect, outcomesOf, shortRun } from '../../../src/figures/clipping/runs.ts';
import {
  ADAM_WAYS,
  FOUR_WAYS,
  FRAGILE,
  LAST_STEP,
  LOOK,
  TENTH,
} from '../../../src/figures/clipping/settings.ts';
import { openStarter } from '../../../src/figures/open-data.ts';
import { lowest } from '../../../src/lessons/gradient-clipping/wording.ts';

let dataset: Dataset;

beforeAll(async () => {
  dataset = await openStarter();
});

const fragile = (
  training: Partial<ModelSettings['training']>,
  text: Partial<ModelSettings['text']> = {},
): ModelSettings => ({
  ...FRAGILE,
  text: { ...FRAGILE.text, ...text },
  training: { ...FRAGILE.training, ...training },
});

describe('the run of the lesson', () => {
  test('is quiet for 37 steps, and a NaN at step 40', async () => {
    const { steps, failure } = await shortRun(dataset, FRAGILE, 60);
    expect(steps.length).toBe(LAST_STEP);
    expect(failure!.trouble).toMatchObject({ kind: 'loss', step: 38 });
    expect(failure!.record.steps.at(-1)).toMatchObject({ step: 40, loss: Number.NaN });
    const norms = steps.map(({ gradientNorm }) => gradientNorm);
    expect(Math.max(...norms.slice(0, 37)), 'quiet').toBeLessThan(3);
    expect(norms[37], 'a sign').toBeGreaterThan(1);
    expect(norms[38], 'the wall').toBeGreaterThan(100);
    const { variables, steps: record } = failure!.record;
    const wall = record.at(-2)!.gradientNorms;
    expect(variables[wall.indexOf(Math.max(...wall))]).toMatch(/recurrent_kernel$/);
  });

  test('ends well in all three ways of clipping, of which one keeps the direction', async () => {
    const [none, byValue, perVariable, together] = await outcomesOf(dataset, FOUR_WAYS);
    expect(none!.failedAt).toBe(40);
    for (const outcome of [byValue!, perVariable!, together!]) {
      expect(outcome.failedAt, outcome.name).toBeUndefined();
      expect(outcome.loss, outcome.name).toBeLessThan(0.75);
      expect(outcome.clippedShare, outcome.name).toBeGreaterThan(0);
      expect(outcome.clippedShare, outcome.name).toBeLessThan(0.25);
      expect(outcome.longest, `${outcome.name} met the cliff`).toBeGreaterThan(20);
    }
    expect(byValue!.bent).toBeGreaterThan(45);
    expect(perVariable!.bent).toBeGreaterThan(30);
    expect(together!.bent).toBeLessThan(0.01);
  });

  test('is not saved by a limit that is too high', async () => {
    const outAt = async (clip: number): Promise<(number | undefined)[]> => {
      const models = FOUR_WAYS.models.slice(1).map((model) => {
        const training = { ...model.settings.training, clip };
        return { ...model, settings: { ...model.settings, training } };
      });
      const outcomes = await outcomesOf(dataset, { ...FOUR_WAYS, models, steps: 60 });
      return outcomes.map(({ failedAt }) => failedAt);
    };
    expect(await outAt(100)).toEqual([40, 40, 40]);
    expect(await outAt(10), 'by value alone').toEqual([40, undefined, undefined]);
    expect(await outAt(0.01)).toEqual([undefined, undefined, undefined]);
  });

  test('takes the steps that are taken apart', async () => {
    const edge = await dissect(dataset, FRAGILE, LAST_STEP - 1, LOOK);
    const wall = await dissect(dataset, FRAGILE, LAST_STEP, LOOK);
    const { steps } = await shortRun(dataset, FRAGILE, 60);
    expect(edge.norm).toBeCloseTo(steps[LAST_STEP - 2]!.gradientNorm, 5);
    expect(wall.norm / steps[LAST_STEP - 1]!.gradientNorm).toBeCloseTo(1, 5);
    expect(wall.loss).toBeCloseTo(steps[LAST_STEP - 1]!.batch.loss, 5);
    // Downhill is near, and the step goes past it, up the wall.
    expect(lowest(edge.slice).loss).toBeLessThan(edge.loss);
    expect(lowest(edge.slice).distance).toBeLessThan(edge.landings[0]!.distance / 2);
    expect(edge.landings[0]!.loss).toBeGreaterThan(2);
    // From the wall, a short step leads back, and the run's own to where no number is.
    const [none, byValue, , together] = wall.landings;
    expect(none!.loss).toBe(Number.POSITIVE_INFINITY);
    expect(together!.distance).toBeCloseTo(0.1, 6);
    expect(wall.slice[TENTH]![1], 'clipped together, it stays on the line').toBeCloseTo(
      together!.loss,
      4,
    );
    expect(together!.loss).toBeLessThan(0.8);
    // The angle of the same step in a run that clips by value.
    const clipped = await shortRun(dataset, fragile({ clipping: 'clipvalue', clip: 1 }), LAST_STEP);
    expect(clipped.steps.at(-1)!.telemetry!.angle).toBeCloseTo(byValue!.angle, 5);
  });

  test('has an edge, as the exercise says', async () => {
    expect((await shortRun(dataset, fragile({ learningRate: 0.05 }), 60)).failure).toBeUndefined();
    const other = fragile({ learningRate: 0.02, seed: 2 }, { maxlen: 100 });
    expect((await shortRun(dataset, other, 60)).steps.length, 'over at step 7').toBe(6);
  });
});

describe('Adam', () => {
  test('learns about the same with every limit', async () => {
    const outcomes = await outcomesOf(dataset, ADAM_WAYS);
    const losses = outcomes.map(({ loss }) => loss);
    expect(Math.max(...losses) - Math.min(...losses)).toBeLessThan(0.15);
    expect(Math.max(...losses), 'all of them learn').toBeLessThan(0.6);
    expect(outcomes[3]!.clippedShare, 'and the smallest limit always clips').toBe(1);
  });

  test('takes first steps that hardly depend on the length of the gradient', async () => {
    const of = async (clipping: 'none' | 'clipnorm') => {
      const settings = checkModel({ training: { clipping, clip: 0.01 } });
      return (await shortRun(dataset, settings, 1)).steps[0]!.telemetry!.variables;
    };
    const [plain, clipped] = [await of('none'), await of('clipnorm')];
    const logit = plain.findIndex(({ name }) => name === 'logit/bias');
    expect(plain[logit]!.raw / clipped[logit]!.clipped, 'ten times shorter').toBeGreaterThan(10);
    plain.forEach(({ name, update }, i) => {
      expect(clipped[i]!.update / update, name).toBeGreaterThan(0.7);
      expect(clipped[i]!.update / update, name).toBeLessThan(1.01);
    });
  });

  test('is clipped by the preset in biases and the embedding alone, and by little', async () => {
    const { settings } = presetNamed('lstm-clipnorm')!;
    const { steps } = await shortRun(dataset, settings, 5);
    for (const { telemetry } of steps) {
      for (const { name, raw, clipped } of telemetry!.variables) {
        if (name.endsWith('kernel')) expect(clipped, name).toBe(raw);
        else expect(clipped / raw, name).toBeGreaterThan(0.4);
      }
    }
  });
});

describe('two numbers', () => {
  const number = fc.double({ min: -5, max: 5, noNaN: true });
  const limits = fc.double({ min: 0.05, max: 5, noNaN: true });

  test('are clipped within their limit; by norm they keep their direction', () => {
    fc.assert(
      fc.property(number, number, limits, (x, y, limit) => {
        const { byValue, byNorm, angle } = clipPair([x, y], limit);
        expect(Math.max(...byValue.map(Math.abs))).toBeLessThanOrEqual(limit);
        expect(Math.hypot(...byNorm)).toBeLessThanOrEqual(limit * (1 + 1e-12) + 1e-12);
        expect(x * byNorm[1] - y * byNorm[0], 'no area between them').toBeCloseTo(0, 9);
        expect(angle).toBeLessThanOrEqual(Math.PI / 4 + 1e-9);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test('have the angle of their dot product', () => {
    expect(angleBetween([1, 0], [0, 2])).toBeCloseTo(Math.PI / 2, 12);
    expect(angleBetween([0, 0], [1, 1])).toBe(0);
    const { angle } = clipPair([2, 1], 1);
    expect(Math.cos(angle)).toBeCloseTo(3 / Math.sqrt(10), 12);
    expect(describePair([2, -1], 1)).toBe(
      'By value it becomes (1.00, −1.00), bent by 18.4°. By norm it becomes (0.89, −0.45), bent by 0.0°.',
    );
  });
});

test('a slice breaks off where its loss is no number', () => {
  const points = slicePoints([
    [0.1, 0.7],
    [1, 5000],
    [10, null],
  ]);
  expect(points[0]).toEqual([-1, 0.7]);
  expect(points.slice(1).map(([, loss]) => loss)).toEqual([Number.NaN, Number.NaN]);
});
