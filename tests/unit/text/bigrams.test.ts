import { describe, expect, it } from 'vitest';
import { bagOf, Bigrams, commonestBigrams } from '../../../src/core/text/bigrams.ts';

/** Two pairs of the words 4, 5 and 6. */
const bigrams = new Bigrams(Uint32Array.of(4, 5, 5, 6), 10);

describe('commonestBigrams', () => {
  it('counts the reviews that a pair stands in, not its places', () => {
    const reviews = [
      [7, 8, 7, 8, 7, 8],
      [4, 5],
      [4, 5, 6],
    ];
    const found = commonestBigrams(reviews, 10, 3);
    // 4 5 stands in two reviews; of those in one, the pair of the lowest ids comes first.
    expect([...found.pairs]).toEqual([4, 5, 5, 6, 7, 8]);
    expect(found.idOf(4, 5)).toBe(10);
    expect(found.idOf(7, 8)).toBe(12);
  });

  it('passes over ids that are no word’s', () => {
    expect(commonestBigrams([[1, 4, 2, 5, 12, 4]], 10, 9).size).toBe(0);
  });

  it('gives fewer pairs where there are fewer', () => {
    expect(commonestBigrams([[4, 5]], 10, 9).size).toBe(1);
  });
});

describe('Bigrams', () => {
  it.each([
    [[4, 5, 4, 5], 'A pair of words is named twice'],
    [[4, 10], 'Pair 0 is 4, 10: word ids are below 10'],
    [[4, 5, 2, 4], 'Pair 1 is 2, 4: word ids are below 10'],
  ])('refuses %j', (pairs, message) => {
    expect(() => new Bigrams(Uint32Array.from(pairs), 10)).toThrow(message);
  });
});

describe('bagOf', () => {
  it('puts the pairs behind the words', () => {
    expect(bagOf([4, 5, 6, 4, 5], bigrams, false)).toEqual([4, 5, 6, 4, 5, 10, 11, 10]);
  });

  it('keeps each id once, at its first place', () => {
    expect(bagOf([4, 5, 6, 4, 5], bigrams, true)).toEqual([4, 5, 6, 10, 11]);
  });

  it('needs no pairs', () => {
    expect(bagOf([4, 4, 5], undefined, true)).toEqual([4, 5]);
  });
});
