import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EncodingScheme } from '../../../src/core/text/index.ts';
import {
  OOV_TOKEN,
  PAD_TOKEN,
  START_TOKEN,
  UNUSED_TOKEN,
  Vocabulary,
} from '../../../src/core/text/index.ts';
import { awkwardWord, documents, RUNS } from './arbitraries.ts';

/** Keras's `load_data`, written down a second time: shift, then replace or drop. */
function kerasEncode(
  ranks: number[],
  { numWords = Infinity, startId = 1, oovId = 2, indexFrom = 3 }: EncodingScheme,
): number[] {
  const shifted = ranks.map((rank) => (rank === -1 ? Infinity : rank + 1 + indexFrom));
  const x = startId === null ? shifted : [startId, ...shifted];
  const kept = (id: number): boolean => id !== Infinity && id < numWords;
  return oovId === null ? x.filter(kept) : x.map((id) => (kept(id) ? id : oovId));
}

const schemes: fc.Arbitrary<EncodingScheme> = fc.oneof(
  fc.constant({}),
  fc.record({
    numWords: fc.option(fc.integer({ min: 5, max: 12 }), { nil: undefined }),
    startId: fc.constantFrom(1, null),
    oovId: fc.constantFrom(2, null),
  }),
  fc.constantFrom<EncodingScheme>(
    { startId: null, oovId: null, indexFrom: 0 },
    { startId: null, oovId: 1, indexFrom: 1, numWords: 4 },
    { padId: 3, startId: 0, oovId: 4, indexFrom: 6 },
  ),
);

describe('Vocabulary', () => {
  const vocabulary = Vocabulary.fit([
    ['b', 'a', 'c', 'a'],
    ['b', 'd'],
  ]);

  it('ranks by count, then by code units', () => {
    expect(vocabulary.words).toEqual(['a', 'b', 'c', 'd']);
    expect(Array.from(vocabulary.counts)).toEqual([2, 2, 1, 1]);
    expect(vocabulary.size).toBe(4);
    expect(Vocabulary.fit([['é', 'z', 'Z', '\uffff', '😀']]).words).toEqual([
      'Z',
      'z',
      'é',
      '😀',
      '\uffff',
    ]);
    expect([vocabulary.indexOf('c'), vocabulary.indexOf('e')]).toEqual([2, -1]);
  });

  it('knows words that are names of object members', () => {
    const words = ['__proto__', 'constructor', 'toString'];
    const odd = Vocabulary.fit([words]);
    expect(odd.words).toEqual(words);
    expect(vocabulary.indexOf('constructor')).toBe(-1);
    expect(vocabulary.encode(words)).toEqual([1, 2, 2, 2]);
    expect(Vocabulary.fromJSON(JSON.parse(JSON.stringify(odd))).decode(odd.encode(words))).toEqual([
      START_TOKEN,
      ...words,
    ]);
  });

  it('appends unseen words with count 0', () => {
    const wider = vocabulary.withUnseen([['z', 'a', 'y'], ['z']]);
    expect(wider.words).toEqual(['a', 'b', 'c', 'd', 'y', 'z']);
    expect(Array.from(wider.counts)).toEqual([2, 2, 1, 1, 0, 0]);
    expect(vocabulary.size, 'the old one stays').toBe(4);
  });

  it.each<[string, EncodingScheme, number[]]>([
    ['Keras defaults', {}, [1, 4, 5, 6, 7, 2]],
    ['ids below num_words are kept', { numWords: 6 }, [1, 4, 5, 2, 2, 2]],
    ['unknown words dropped', { numWords: 6, oovId: null }, [1, 4, 5]],
    ['no start', { startId: null }, [4, 5, 6, 7, 2]],
    ['no marks but padding', { startId: null, oovId: null, indexFrom: 0 }, [1, 2, 3, 4]],
    ['as a Keras Tokenizer', { startId: null, oovId: 1, indexFrom: 1 }, [2, 3, 4, 5, 1]],
  ])('encodes: %s', (_, scheme, expected) => {
    expect(vocabulary.encode(['a', 'b', 'c', 'd', 'e'], scheme)).toEqual(expected);
    expect(vocabulary.encodeIndices(Int32Array.of(0, 1, 2, 3, -1), scheme)).toEqual(expected);
  });

  it('encodes as Keras does', () => {
    fc.assert(
      fc.property(documents, fc.array(awkwardWord), schemes, (fitted, words, scheme) => {
        const fit = Vocabulary.fit(fitted);
        const ranks = words.map((word) => fit.words.indexOf(word));
        expect(fit.encode(words, scheme)).toEqual(kerasEncode(ranks, scheme));
        expect(fit.encodeIndices(ranks, scheme)).toEqual(kerasEncode(ranks, scheme));
      }),
      RUNS,
    );
  });

  it('decodes what it encoded, unknown words apart', () => {
    fc.assert(
      fc.property(documents, fc.array(awkwardWord), schemes, (fitted, words, scheme) => {
        const fit = Vocabulary.fit(fitted);
        const { numWords = Infinity, indexFrom = 3 } = scheme;
        const known = new Set(fit.words.slice(0, numWords - 1 - indexFrom));
        const shown = words.map((word) => (known.has(word) ? word : OOV_TOKEN));
        const expected = scheme.oovId === null ? words.filter((word) => known.has(word)) : shown;
        const start = scheme.startId === null ? [] : [START_TOKEN];
        expect(fit.decode(fit.encode(words, scheme), scheme)).toEqual([...start, ...expected]);
      }),
      RUNS,
    );
  });

  it('shows marks when it decodes', () => {
    expect(vocabulary.decode([0, 1, 2, 3, 4])).toEqual([
      PAD_TOKEN,
      START_TOKEN,
      OOV_TOKEN,
      UNUSED_TOKEN,
      'a',
    ]);
    expect(vocabulary.decode([2], { oovId: null })).toEqual([UNUSED_TOKEN]);
  });

  it('refuses ids and indices without a meaning', () => {
    expect(() => vocabulary.decode([8])).toThrow('Id 8 is not an integer from 0 to 7');
    expect(() => vocabulary.decode([6], { numWords: 6 })).toThrow(
      'Id 6 is not an integer from 0 to 5',
    );
    expect(() => vocabulary.decode([-1])).toThrow(RangeError);
    expect(() => vocabulary.decode([4.5])).toThrow(RangeError);
    expect(() => vocabulary.encodeIndices([4])).toThrow(
      'Index 4 is not a rank in a vocabulary of 4 words',
    );
    expect(() => vocabulary.encodeIndices([-2])).toThrow(RangeError);
  });

  it('measures coverage', () => {
    const coverage = vocabulary.coverage(
      [
        ['a', 'a', 'c', 'x'],
        ['x', 'y', 'b', 'b'],
      ],
      { numWords: 6 },
    );
    expect(coverage).toEqual({
      tokens: 8,
      distinct: 5,
      oovTokens: 4,
      oovRate: 0.5,
      oovDistinct: 3,
    });
    expect(vocabulary.coverage([]).oovRate).toBe(0);
  });

  it('counts as covered exactly the tokens that get an id of their own', () => {
    fc.assert(
      fc.property(documents, documents, schemes, (fitted, read, scheme) => {
        const fit = Vocabulary.fit(fitted);
        const { tokens, distinct, oovTokens, oovDistinct } = fit.coverage(read, scheme);
        const own = { ...scheme, startId: null, oovId: null };
        const words = read.flat();
        expect(tokens).toBe(words.length);
        expect(tokens - oovTokens).toBe(fit.encode(words, own).length);
        expect(distinct - oovDistinct).toBe(fit.encode([...new Set(words)], own).length);
      }),
      RUNS,
    );
  });
});
