import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { marginFor } from '../../../src/plots/frame/axes.ts';
import { stepTicks } from '../../../src/plots/frame/numbers.ts';
import { nearestPlace, stepByPlace, stepInRows } from '../../../src/plots/frame/steps.ts';
import type { StepKey } from '../../../src/plots/frame/types.ts';

const KEYS: StepKey[] = [
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  'PageUp',
  'PageDown',
];

describe('keys', () => {
  test('move through rows, and up and down at the same share of a row', () => {
    const rows = [5, 0, 9];
    expect(stepInRows(rows, -1, 'ArrowRight'), 'the first key shows the first mark').toBe(0);
    expect(stepInRows(rows, 4, 'ArrowRight'), 'a row ends').toBe(4);
    expect(stepInRows(rows, 2, 'ArrowDown'), 'over an empty row').toBe(5 + 4);
    expect(stepInRows(rows, 9, 'ArrowUp')).toBe(2);
    expect(stepInRows(rows, 7, 'Home')).toBe(5);
    expect(stepInRows(rows, 7, 'End')).toBe(13);
    expect(stepInRows([], 0, 'End')).toBe(-1);
  });

  test('never leave the marks, and reach each of them', () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(lengths, fc.array(fc.constantFrom(...KEYS), { maxLength: 30 }), (rows, keys) => {
        const count = rows.reduce((sum, n) => sum + n, 0);
        let at = -1;
        for (const key of keys) {
          at = stepInRows(rows, at, key);
          if (count === 0) expect(at).toBe(-1);
          else expect(at >= 0 && at < count, `${key} to ${at} of ${count}`).toBe(true);
        }
      }),
      { seed: 5 },
    );
  });

  test('go to the nearest place in their direction', () => {
    const places = [
      [50, 50],
      [80, 55],
      [60, 10],
      [10, 52],
    ] as const;
    expect(stepByPlace(places, 0, 'ArrowRight')).toBe(1);
    expect(stepByPlace(places, 0, 'ArrowUp')).toBe(2);
    expect(stepByPlace(places, 0, 'ArrowLeft')).toBe(3);
    expect(stepByPlace(places, 3, 'ArrowLeft'), 'nothing lies there').toBe(3);
    expect(stepByPlace([], -1, 'ArrowUp')).toBe(-1);
  });
});

test('a pointer finds what is near, and nothing far away', () => {
  const places = [
    [0, 0],
    [30, 40],
  ] as const;
  expect(nearestPlace(places, 20, 30)).toBe(1);
  expect(nearestPlace(places, 200, 200, 24)).toBe(-1);
});

test('longer labels get a wider margin', () => {
  expect(marginFor(['25,000'], 'reviews').left).toBeGreaterThan(marginFor(['0'], 'reviews').left);
});

describe('ticks of timesteps', () => {
  test('are counted from 1, and there are none without timesteps', () => {
    expect(stepTicks(0, 10, 5)).toEqual([2, 4, 6, 8, 10]);
    expect(stepTicks(4, 5, 5)).toEqual([5]);
    expect(stepTicks(0, 0, 5)).toEqual([]);
  });
});
