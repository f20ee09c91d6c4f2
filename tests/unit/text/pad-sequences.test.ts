import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { padSequences } from '../../../src/core/text/index.ts';
import { RUNS } from './arbitraries.ts';

const SIDES = ['pre', 'post'] as const;

const rows = ({ ids, shape: [n, maxlen] }: ReturnType<typeof padSequences>): number[][] =>
  Array.from({ length: n }, (_, i) => Array.from(ids.subarray(i * maxlen, (i + 1) * maxlen)));

describe('padSequences', () => {
  const sequences = [[1], [2, 3, 4], [5, 6, 7, 8, 9], []];

  it.each([
    [
      'pre',
      'pre',
      [
        [0, 0, 1],
        [2, 3, 4],
        [7, 8, 9],
        [0, 0, 0],
      ],
    ],
    [
      'pre',
      'post',
      [
        [0, 0, 1],
        [2, 3, 4],
        [5, 6, 7],
        [0, 0, 0],
      ],
    ],
    [
      'post',
      'pre',
      [
        [1, 0, 0],
        [2, 3, 4],
        [7, 8, 9],
        [0, 0, 0],
      ],
    ],
    [
      'post',
      'post',
      [
        [1, 0, 0],
        [2, 3, 4],
        [5, 6, 7],
        [0, 0, 0],
      ],
    ],
  ] as const)('padding %s, truncating %s', (padding, truncating, expected) => {
    const padded = padSequences(sequences, { maxlen: 3, padding, truncating });
    expect(rows(padded)).toEqual(expected);
    expect(padded.shape).toEqual([4, 3]);
    expect(Array.from(padded.lengths)).toEqual([1, 3, 3, 0]);
    expect(Array.from(padded.cut)).toEqual([0, 0, 2, 0]);
  });

  it('cuts from the middle when it keeps a head and a tail', () => {
    const padded = padSequences(sequences, { maxlen: 3, truncating: { head: 1, tail: 2 } });
    expect(rows(padded)).toEqual([
      [0, 0, 1],
      [2, 3, 4],
      [5, 8, 9],
      [0, 0, 0],
    ]);
    expect(Array.from(padded.cut)).toEqual([0, 0, 2, 0]);
    for (const truncating of [
      { head: 1, tail: 1 },
      { head: -1, tail: 4 },
      { head: 1.5, tail: 1.5 },
    ]) {
      expect(() => padSequences(sequences, { maxlen: 3, truncating })).toThrow(
        /must add up to maxlen/,
      );
    }
  });

  it('pads and cuts in front with 0, to the longest length, unless told', () => {
    expect(rows(padSequences([[1], [2, 3]]))).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(rows(padSequences([[1, 2, 3]], { maxlen: 2 }))).toEqual([[2, 3]]);
    expect(rows(padSequences([[1]], { maxlen: 2, value: -7 }))).toEqual([[-7, 1]]);
  });

  it('takes no sequences, empty sequences and typed arrays', () => {
    expect(padSequences([]).shape).toEqual([0, 0]);
    expect(padSequences([[], []]).shape).toEqual([2, 0]);
    expect(rows(padSequences([Uint32Array.of(4, 5)]))).toEqual([[4, 5]]);
  });

  it('keeps one end of each sequence and fills up the rest', () => {
    const id = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
    fc.assert(
      fc.property(
        fc.array(fc.array(id, { maxLength: 12 }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 10 }),
        fc.constantFrom(...SIDES),
        fc.constantFrom(...SIDES),
        id,
        (all, maxlen, padding, truncating, value) => {
          const padded = padSequences(all, { maxlen, padding, truncating, value });
          all.forEach((sequence, i) => {
            const kept = truncating === 'pre' ? sequence.slice(-maxlen) : sequence.slice(0, maxlen);
            const fill = Array.from({ length: maxlen - kept.length }, () => value);
            expect(rows(padded)[i]).toEqual(
              padding === 'pre' ? [...fill, ...kept] : [...kept, ...fill],
            );
            expect(padded.lengths[i]).toBe(kept.length);
            expect((padded.cut[i] ?? NaN) + kept.length).toBe(sequence.length);
          });
        },
      ),
      RUNS,
    );
  });

  it.each([0, -1, 1.5, NaN])('refuses maxlen %d', (maxlen) => {
    expect(() => padSequences([[1]], { maxlen })).toThrow(`maxlen is ${maxlen}, but must be`);
  });

  it('refuses what is no id, and says where it is', () => {
    expect(() => padSequences([[1], [2, 0.5]])).toThrow('sequences[1][1] is 0.5');
    expect(() => padSequences([[2 ** 31]])).toThrow('sequences[0][0] is 2147483648');
    expect(() => padSequences([[1]], { value: NaN })).toThrow('value is NaN');
    expect(() => padSequences([[1]], { padding: 'left' as 'pre' })).toThrow('padding must be');
    expect(() => padSequences([[1]], { truncating: 'left' as 'pre' })).toThrow(
      'truncating must be',
    );
  });
});
