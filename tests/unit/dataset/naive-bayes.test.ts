import { expect, it } from 'vitest';
import { logCountRatios } from '../../../src/core/dataset/naive-bayes.ts';
import { tableOf } from './batch/fixture.ts';

it('compares how many reviews of each label a token stands in', () => {
  // Labels alternate: 0 negative, 1 positive.
  const table = tableOf([[0, 0, 1], [1, 2, 2, 2], [0], [1, 2]]);
  const ratios = logCountRatios(table, 4);
  // One added: negative 3 2 1 1, positive 1 3 3 1, so sums 7 and 8.
  const expected = [1 / 3, 3 / 2, 3 / 1, 1].map((odds) => Math.log((odds * 7) / 8));
  expected.forEach((value, token) => expect(ratios[token]).toBeCloseTo(value, 6));
});
