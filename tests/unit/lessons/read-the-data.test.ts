import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Vocabulary } from '../../../src/core/text/vocabulary.ts';
import { coverage, rankPoints } from '../../../src/lessons/read-the-data/frequencies.ts';
import { describeHeldOut } from '../../../src/lessons/read-the-data/held-out.ts';
import { cutAt, summarizeLengths } from '../../../src/lessons/read-the-data/lengths.ts';
import { rareWordSharing } from '../../../src/lessons/read-the-data/neighbours.ts';
import { cutIntoPieces } from '../../../src/lessons/read-the-data/pieces.ts';
import { guess, times } from '../../../src/lessons/read-the-data/wording.ts';

const RUNS = { seed: 1, numRuns: 200 };
const lengthLists = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 60 });

describe('lengths', () => {
  test('a small example', () => {
    const summary = summarizeLengths([10, 1, 20, 21, 55], 10, 3);
    expect(summary).toMatchObject({ shortest: 1, median: 20, ninetieth: 55, longest: 55 });
    expect(summary.bins, '1 to 10, 11 to 20, 21 to 30').toEqual([2, 1, 1]);
    expect(summary.beyond).toBe(1);
    expect(summary.cuts[1]).toEqual({ whole: 3 / 5, words: (10 + 1 + 20 + 20 + 20) / 107 });
  });

  test('every review is in one bin, and the quantiles are what they say', () => {
    fc.assert(
      fc.property(lengthLists, (lengths) => {
        const { bins, beyond, median, ninetieth, cuts } = summarizeLengths(lengths, 20, 10);
        const share = (most: number) => cutAt(lengths, most).whole;
        expect(bins.reduce((sum, count) => sum + count, beyond)).toBe(lengths.length);
        expect(share(median)).toBeGreaterThanOrEqual(0.5);
        expect(share(median - 1)).toBeLessThan(0.5);
        expect(share(ninetieth)).toBeGreaterThanOrEqual(0.9);
        expect(share(ninetieth - 1)).toBeLessThan(0.9);
        expect(cuts.at(-1)!.whole).toBeCloseTo(1 - beyond / lengths.length, 12);
      }),
      RUNS,
    );
  });

  test('no lengths, no summary', () => {
    expect(() => summarizeLengths([], 10, 3)).toThrow(RangeError);
  });
});

describe('frequencies', () => {
  const counts = Uint32Array.of(50, 25, 15, 5, 5);

  test('coverage is the share of the running text', () => {
    expect(coverage(counts, [0, 1, 2, 5, 9])).toEqual([0, 0.5, 0.75, 1, 1]);
  });

  test('points of the curve run from the first to the last rank, each once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 20 }), (size, n) => {
        const points = rankPoints(
          Uint32Array.from({ length: size }, (_, i) => size - i),
          n,
        );
        const ranks = points.map(({ rank }) => rank);
        expect(ranks[0]).toBe(1);
        expect(ranks.at(-1)).toBe(size);
        expect(ranks).toEqual([...new Set(ranks)].sort((a, b) => a - b));
        expect(points.every(({ rank, count }) => count === size - rank + 1)).toBe(true);
      }),
      RUNS,
    );
  });
});

describe('neighbours', () => {
  test('counts the pairs of a run that share a rare word, each once', () => {
    const review = (...words: number[]) => Uint32Array.from(words);
    // 0 is in every review, so it is not rare; 1 and 2 join the first two, 3 the ends of two runs.
    const runs = [
      [review(0, 1, 2), review(0, 2, 1), review(0, 3)],
      [review(0, 3), review(0)],
    ];
    expect(rareWordSharing(runs, { mostReviews: 2, distances: [1, 2, 3] })).toEqual([1 / 3, 0, 0]);
  });

  test('agrees with comparing every pair', () => {
    const reviews = fc.array(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 6 }), {
      minLength: 4,
      maxLength: 25,
    });
    fc.assert(
      fc.property(reviews, fc.integer({ min: 1, max: 5 }), (run, most) => {
        const sets = run.map((words) => new Set(words));
        const isRare = (word: number) => {
          const found = sets.filter((set) => set.has(word)).length;
          return found >= 2 && found <= most;
        };
        const pairs = sets.slice(2).map((set, i) => [sets[i]!, set] as const);
        const sharing = pairs.filter(([a, b]) =>
          [...a].some((word) => b.has(word) && isRare(word)),
        );
        const [share] = rareWordSharing([run.map((words) => Uint32Array.from(words))], {
          mostReviews: most,
          distances: [2],
        });
        expect(share).toBeCloseTo(sharing.length / pairs.length, 12);
      }),
      RUNS,
    );
  });
});

test('pieces give the text back and know the rank of each word', () => {
  const vocabulary = Vocabulary.fit([['the', 'film', 'the', 'br']]);
  fc.assert(
    fc.property(fc.array(fc.constantFrom('The', 'film', '<br />', 'odd', ', ', ' ')), (parts) => {
      const text = parts.join('');
      const pieces = cutIntoPieces(text, vocabulary);
      expect(pieces.map((piece) => piece.text).join('')).toBe(text);
      for (const { text: piece, rank } of pieces) {
        if (rank !== undefined) expect(vocabulary.words[rank]).toBe(piece.toLowerCase());
      }
    }),
    RUNS,
  );
  expect(cutIntoPieces('The film.', vocabulary)).toEqual([
    { text: 'The', rank: 0 },
    { text: ' ' },
    { text: 'film', rank: vocabulary.indexOf('film') },
    { text: '.' },
  ]);
});

test('held-out blocks are measured', () => {
  const splits = [...'ttvvvttttvvtt'].map((letter) => (letter === 'v' ? 'validation' : 'train'));
  const { share, shortestBlock, touching, touchingIfDrawn } = describeHeldOut(splits);
  expect(share).toBeCloseTo(5 / 13, 12);
  expect(shortestBlock).toBe(2);
  expect(touching, 'all but the middle one of three').toBeCloseTo(4 / 5, 12);
  expect(touchingIfDrawn).toBeCloseTo(1 - (5 / 13) ** 2, 12);
});

test('the guess that is nearest to the truth is right', () => {
  const guesses = [0.1, 0.5, 0.9].map((share) => ({ share, text: String(share) }));
  expect(guess(0.55, guesses).map(({ right }) => right)).toEqual([false, true, false]);
  expect(guess(0.55, guesses).map(({ reply }) => reply.slice(0, 11))).toEqual([
    'It is more.',
    'It is 55.0\u202f',
    'It is less.',
  ]);
  expect([1, 2, 1200].map(times)).toEqual(['once', 'twice', '1,200 times']);
});
