import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countVectors, multiHot, oneHot } from '../../../src/core/text/index.ts';
import { RUNS } from './arbitraries.ts';

const SEQUENCES = [[1, 2, 1], [], [0, 3]];

describe('bag of words', () => {
  it('marks which ids occur', () => {
    const { values, shape } = multiHot(SEQUENCES, 4);
    expect(shape).toEqual([3, 4]);
    expect(Array.from(values)).toEqual([0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1]);
  });

  it('counts how often ids occur', () => {
    expect(Array.from(countVectors(SEQUENCES, 4).values)).toEqual([
      0, 2, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1,
    ]);
  });

  it('gives each step its row', () => {
    const { values, shape } = oneHot(Int32Array.of(2, 0, 2), 3);
    expect(shape).toEqual([3, 3]);
    expect(Array.from(values)).toEqual([0, 0, 1, 1, 0, 0, 0, 0, 1]);
  });

  it('forgets only the order', () => {
    const size = 8;
    const sequences = fc.array(fc.array(fc.nat({ max: size - 1 })), { maxLength: 5 });
    fc.assert(
      fc.property(sequences, (all) => {
        const counts = countVectors(all, size).values;
        expect(counts).toEqual(
          countVectors(
            all.map((ids) => ids.toReversed()),
            size,
          ).values,
        );
        expect(multiHot(all, size).values).toEqual(counts.map((count) => Math.min(count, 1)));
        all.forEach((ids, i) => {
          const row = counts.subarray(i * size, (i + 1) * size);
          expect(row.reduce((a, b) => a + b, 0)).toBe(ids.length);
        });
      }),
      RUNS,
    );
  });

  it.each([multiHot, countVectors])('%o refuses ids and sizes out of range', (vectorise) => {
    expect(() => vectorise([[0], [4]], 4)).toThrow('Id 4 in row 1 is not an integer from 0 to 3');
    expect(() => vectorise([[-1]], 4)).toThrow('Id -1 in row 0');
    expect(() => vectorise([[0.5]], 4)).toThrow('Id 0.5 in row 0');
    expect(() => vectorise([[]], 0)).toThrow('size is 0, but must be');
    expect(() => vectorise([[], []], 2 ** 30)).toThrow('exceeds the limit of 1073741824 cells');
  });

  it('names the step of a wrong id', () => {
    expect(() => oneHot([0, 9], 3)).toThrow('Id 9 in row 1 is not an integer from 0 to 2');
  });
});
