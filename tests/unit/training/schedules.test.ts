import { describe, expect, it } from 'vitest';
import { learningRateAt } from '../../../src/core/training/schedules/learning-rate.ts';
import { ADAM } from '../../../src/core/training/settings.ts';
import type { DecaySettings } from '../../../src/core/training/settings.ts';
import { settingsWith } from './fixture.ts';

const optimizer = { ...ADAM, learningRate: 0.1 };

const at = (decay: DecaySettings, steps: readonly number[], warmupSteps = 0): number[] =>
  steps.map((step) => learningRateAt(settingsWith({ optimizer, decay, warmupSteps }), step, 100));

/** Worked out by the formulas in Keras's documentation. */
const cases: [DecaySettings, steps: number[], rates: number[]][] = [
  [{ kind: 'constant' }, [0, 99], [0.1, 0.1]],
  [
    { kind: 'exponential', rate: 0.5, steps: 10 },
    [0, 5, 10, 20],
    [0.1, 0.1 * 0.5 ** 0.5, 0.05, 0.025],
  ],
  [{ kind: 'step', factor: 0.5, steps: 10 }, [0, 9, 10, 19, 20], [0.1, 0.1, 0.05, 0.05, 0.025]],
  [{ kind: 'cosine', alpha: 0, steps: 40 }, [0, 20, 40, 60], [0.1, 0.05, 0, 0]],
  [{ kind: 'cosine', alpha: 0.2 }, [0, 50, 100], [0.1, 0.06, 0.02]],
];

describe('learningRateAt', () => {
  it.each(cases)('%o', (decay, steps, rates) => {
    at(decay, steps).forEach((rate, i) =>
      expect(rate, `step ${steps[i]}`).toBeCloseTo(rates[i]!, 12),
    );
  });

  it('warms up evenly from 0, and only then decays', () => {
    const decay = { kind: 'step', factor: 0.1, steps: 5 } as const;
    const rates = at(decay, [0, 1, 9, 10, 14, 15], 10);
    const expected = [0, 0.01, 0.09, 0.1, 0.1, 0.01];
    rates.forEach((rate, i) => expect(rate).toBeCloseTo(expected[i]!, 12));
  });

  it('a cosine without a length ends with the run, warm-up or not', () => {
    expect(at({ kind: 'cosine', alpha: 0 }, [20, 60, 100], 20)).toEqual([
      0.1,
      expect.closeTo(0.05, 12),
      expect.closeTo(0, 12),
    ]);
  });
});
