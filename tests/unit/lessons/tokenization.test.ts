import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  charactersOf,
  describeMerge,
  piecesOf,
  showWord,
} from '../../../src/components/tokens/byte-pairs-text.ts';
import { cutText, hueOf } from '../../../src/components/tokens/cut-text.ts';
import type { Rules } from '../../../src/components/tokens/cut-text.ts';
import { signed } from '../../../src/components/lab/format.ts';
import { bagOf, scoreOf } from '../../../src/components/tokens/word-bag-text.ts';
import { KERAS_FILTERS, learnBytePairs } from '../../../src/core/text/index.ts';

const RUNS = { seed: 1, numRuns: 200 };
const WORDS: Rules = { cut: 'words', lower: true, breaks: false, filters: KERAS_FILTERS };
const texts = fc
  .array(fc.constantFrom('The', 'the', 'film', '<br />', "don't", '👩‍🚀', ', ', ' ', 'İ', '\n'))
  .map((parts) => parts.join(''));

describe('the rules', () => {
  test('a small example: the commonest token has the number 4', () => {
    const { tokens, different } = cutText("The film, THE end. Don't!", WORDS);
    expect(tokens.map(({ text, id }) => [text, id])).toEqual([
      ['the', 4],
      ['film', 7],
      ['the', 4],
      ['end', 6],
      ["don't", 5],
    ]);
    expect(different).toBe(4);
  });

  test('each rule does what it says', () => {
    const words = (rules: Partial<Rules>, text: string): string[] =>
      cutText(text, { ...WORDS, ...rules }).tokens.map((token) => token.text);
    expect(words({}, 'A<br />b')).toEqual(['a', 'br', 'b']);
    expect(words({ breaks: true }, 'A<br />b')).toEqual(['a', 'b']);
    expect(words({ lower: false }, 'A a')).toEqual(['A', 'a']);
    expect(words({ filters: "'" }, "don't, no")).toEqual(['don', 't,', 'no']);
    expect(words({ cut: 'spaces' }, 'so-so, 10/10!')).toEqual(['so-so,', '10/10!']);
    expect(words({ cut: 'characters' }, 'a👩‍🚀')).toEqual(['a', '👩‍🚀']);
  });

  test('the stretches are the text; a token is where it says, as often as it says', () => {
    const cuts = fc.constantFrom<Rules['cut']>('words', 'spaces', 'characters');
    fc.assert(
      fc.property(texts, cuts, fc.boolean(), fc.boolean(), (text, cut, lower, breaks) => {
        const { tokens, stretches } = cutText(text, { ...WORDS, cut, lower, breaks });
        expect(stretches.map((stretch) => stretch.text).join('')).toBe(text);
        for (const { text: shown, token } of stretches) {
          if (token === undefined) continue;
          expect(text.slice(tokens[token]!.start, tokens[token]!.end)).toBe(shown);
        }
        for (const { id, count } of tokens) {
          expect(tokens.filter((other) => other.id === id).length).toBe(count);
        }
      }),
      RUNS,
    );
  });

  test('neighbouring numbers have hues far apart', () => {
    for (let id = 4; id < 500; id += 1) {
      const apart = Math.abs(hueOf(id) - hueOf(id + 1));
      expect(Math.min(apart, 360 - apart)).toBeGreaterThan(90);
    }
  });
});

describe('byte pairs', () => {
  const { merges } = learnBytePairs(
    new Map([
      ['the', 10],
      ['then', 4],
    ]),
    { merges: 3 },
  );

  test('a merge is written with the end of its word', () => {
    expect(merges.map(describeMerge)).toEqual([
      't + h → th  (14 times)',
      'th + e· → the·  (10 times)',
      'e + n· → en·  (4 times)',
    ]);
    expect(showWord(' Then ', merges)).toBe('Th | en');
    expect(showWord('', merges)).toBe('Type a word.');
  });

  test('the pieces are the text, and each merge leaves no more of them', () => {
    fc.assert(
      fc.property(texts, (text) => {
        let before = charactersOf(text);
        for (let count = 0; count <= merges.length; count += 1) {
          const pieces = piecesOf(text, merges.slice(0, count));
          expect(pieces.map((piece) => piece.text).join('')).toBe(text);
          const now = pieces.filter(({ kind }) => kind !== undefined).length;
          expect(now).toBeLessThanOrEqual(before);
          before = now;
        }
      }),
      RUNS,
    );
  });
});

describe('a bag', () => {
  const sentence = ['not', 'good', 'it', 'is', 'not', 'bad'];

  test('each row is one word; the rows add up to the bag', () => {
    const { words, rows, counts } = bagOf(sentence);
    expect(words).toEqual(['bad', 'good', 'is', 'it', 'not']);
    sentence.forEach((word, place) => {
      const row = rows.subarray(place * words.length, (place + 1) * words.length);
      expect(Array.from(row)).toEqual(words.map((column) => Number(column === word)));
    });
    expect(Array.from(counts)).toEqual([1, 1, 1, 1, 2]);
  });

  test('is the same in every order, and so is the score', () => {
    const weights = { not: -0.5, good: 2, bad: -1 };
    fc.assert(
      fc.property(fc.shuffledSubarray(sentence, { minLength: sentence.length }), (order) => {
        expect(bagOf(order).counts).toEqual(bagOf(sentence).counts);
        expect(scoreOf(bagOf(order), weights)).toBe(scoreOf(bagOf(sentence), weights));
      }),
      RUNS,
    );
    expect(scoreOf(bagOf(sentence), weights)).toBe(0);
    expect([1.234, -0.5].map(signed)).toEqual(['+1.23', '−0.50']);
  });
});
