import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../../../src/core/random.ts';
import { binValues, density, domainOf } from '../../../src/plots/distribution/bins.ts';
import { placeLabels } from '../../../src/plots/scatter/labels.ts';

test('each value counts in one bin, those outside at the ends', () => {
  const bins = binValues([-1, 0, 0.24, 0.25, 1, 7, Number.NaN], [0, 1], 4);
  expect(bins.counts).toEqual([3, 1, 0, 2]);
  expect(bins.shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
});

test('the domain of nothing and of one value has a width', () => {
  expect(domainOf([[], []])).toEqual([0, 1]);
  expect(domainOf([[3]])).toEqual([2.5, 3.5]);
  expect(domainOf([[3, Number.NaN], [-1]])).toEqual([-1, 3]);
});

test('the density of normal values is near the normal density', () => {
  const random = createRandom(5);
  // A sum of twelve uniform values is close to normal, with variance 1.
  const normal = (): number =>
    Array.from({ length: 12 }, () => random.next()).reduce((a, b) => a + b) - 6;
  const values = Array.from({ length: 20_000 }, normal);
  const bins = binValues(values, [-5, 5], 200);
  const estimate = density(bins);
  expect(estimate.reduce((sum, value) => sum + value * bins.step, 0)).toBeCloseTo(1, 3);
  estimate.forEach((value, i) => {
    const x = bins.start + (i + 0.5) * bins.step;
    expect(Math.abs(value - Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI))).toBeLessThan(0.02);
  });
  expect(density(binValues([], [0, 1], 8))).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
});

test('labels keep clear of each other and of the edge; the first ones win', () => {
  const area = { width: 300, height: 120 };
  const candidate = fc.record({
    x: fc.integer({ min: -20, max: 320 }),
    y: fc.integer({ min: -20, max: 140 }),
    text: fc.string({ minLength: 1, maxLength: 9 }),
  });
  fc.assert(
    fc.property(fc.array(candidate, { maxLength: 40 }), (list) => {
      const placed = placeLabels(
        list.map((item, index) => ({ ...item, index })),
        area,
        12,
      );
      const boxes = placed.map(({ index, x, y, anchor }) => {
        const width = 5 + 7.2 * list[index]!.text.length;
        const left = anchor === 'start' ? x : x - width;
        return { left, right: left + width, top: y - 11.5, bottom: y + 3.5 };
      });
      expect(placed.length).toBeLessThanOrEqual(12);
      boxes.forEach((a, i) => {
        expect(a.left >= 0 && a.right <= area.width + 1e-9).toBe(true);
        for (const b of boxes.slice(i + 1)) {
          const apart =
            a.right <= b.left + 1e-9 ||
            b.right <= a.left + 1e-9 ||
            a.bottom <= b.top + 1e-9 ||
            b.bottom <= a.top + 1e-9;
          expect(apart).toBe(true);
        }
      });
    }),
    { seed: 5 },
  );
  const two = [0, 1].map((index) => ({ index, x: 150, y: 60, text: 'overlapping-label' }));
  expect(placeLabels(two, area, 9).map(({ index }) => index)[0]).toBe(0);
});
