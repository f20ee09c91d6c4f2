import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  areaUnder,
  calibrationError,
  pointAt,
  reliabilityBins,
  rocCurve,
} from '../../../src/plots/classifier/judged.ts';
import { describeConfusion } from '../../../src/plots/confusion-matrix.ts';

/** Probabilities with ties, and labels. */
const judged = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 1 })), {
    minLength: 2,
    maxLength: 60,
  })
  .map((pairs) => ({
    probabilities: pairs.map(([p]) => p / 20),
    labels: pairs.map(([, label]) => label),
  }))
  .filter(({ labels }) => labels.includes(0) && labels.includes(1));

test('the area is the chance that a positive review gets the higher probability', () => {
  fc.assert(
    fc.property(judged, (data) => {
      let wins = 0;
      let pairs = 0;
      data.labels.forEach((label, i) => {
        data.labels.forEach((other, j) => {
          if (label !== 1 || other !== 0) return;
          pairs++;
          const gap = data.probabilities[i]! - data.probabilities[j]!;
          wins += gap > 0 ? 1 : gap === 0 ? 0.5 : 0;
        });
      });
      expect(areaUnder(rocCurve(data))).toBeCloseTo(wins / pairs, 9);
    }),
    { seed: 5 },
  );
});

test('each point counts the reviews at or above its threshold', () => {
  fc.assert(
    fc.property(judged, fc.double({ min: 0, max: 1, noNaN: true }), (data, threshold) => {
      const curve = rocCurve(data);
      const { truePositive, falsePositive } = curve[pointAt(curve, threshold)]!;
      const share = (label: number): number => {
        const own = data.probabilities.filter((_, i) => data.labels[i] === label);
        return own.filter((p) => p >= threshold).length / own.length;
      };
      expect([truePositive, falsePositive]).toEqual([share(1), share(0)]);
    }),
    { seed: 5 },
  );
});

test('there is no curve without both classes', () => {
  expect(rocCurve({ probabilities: [], labels: [] })).toEqual([]);
  expect(rocCurve({ probabilities: [0.2, 0.9], labels: [1, 1] })).toEqual([]);
  const broken = { probabilities: [0.2, Number.NaN], labels: [1, 0] };
  expect(rocCurve(broken), 'a model that gives no numbers').toEqual([]);
});

test('reliability bins count every review once, 1 included', () => {
  const bins = reliabilityBins({ probabilities: [0, 0.04, 0.95, 1, 1], labels: [0, 1, 1, 1, 0] });
  expect(bins.map(({ from, count }) => [from, count])).toEqual([
    [0, 2],
    [0.9, 3],
  ]);
  expect(bins[0]!.predicted).toBeCloseTo(0.02, 12);
  expect(bins[1]!.actual).toBeCloseTo(2 / 3, 12);
  const error = (2 / 5) * (0.5 - 0.02) + (3 / 5) * (2.95 / 3 - 2 / 3);
  expect(calibrationError(bins)).toBeCloseTo(error, 12);
});

test('a confusion matrix is summed up in words', () => {
  const classes = ['negative', 'positive'];
  const counts = [
    [3, 1],
    [2, 4],
  ];
  expect(describeConfusion({ classes, counts })).toBe('7 of 10 verdicts are right, 70.0%');
  expect(
    describeConfusion({
      classes,
      counts: [
        [0, 0],
        [0, 0],
      ],
    }),
  ).toBe('no verdicts yet');
});
