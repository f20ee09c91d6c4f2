import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Tokenizer } from '../../../src/core/text/index.ts';
import {
  bytePairTokenizer,
  characterTokenizer,
  learnBytePairs,
  normalize,
  tokenizeWords,
  whitespaceTokenizer,
  wordTokenizer,
} from '../../../src/core/text/index.ts';
import { splitGraphemes } from '../../../src/core/text/graphemes.ts';
import { awkwardText, RUNS } from './arbitraries.ts';

const texts = (tokenizer: Tokenizer, text: string): string[] =>
  tokenizer.tokenize(text).map((token) => token.text);

/** "ς" and "σ" are one letter whose form depends on its neighbours. */
const foldSigma = (text: string): string => text.replaceAll('ς', 'σ');

describe('words by the rules of Keras', () => {
  it.each<[string, string, string[]]>([
    ['nothing', '', []],
    ['only separators', ' ,.\t\n! ', []],
    ['case and punctuation', 'Good, GOOD good!', ['good', 'good', 'good']],
    ['apostrophes stay', "Don't 'quote'", ["don't", "'quote'"]],
    ['hyphens and underscores split', 'well-made top_ten', ['well', 'made', 'top', 'ten']],
    ['line breaks leave "br"', 'bad.<br /><br />Very', ['bad', 'br', 'br', 'very']],
    [
      'tab and newline split, other white space does not',
      'a\tb\nc\rd\u00a0e',
      ['a', 'b', 'c\rd\u00a0e'],
    ],
    ['numbers lose their point', '7.5/10', ['7', '5', '10']],
    ['NUL is a character', 'a\0b', ['a\0b']],
    ['İ and ß', 'İSTANBUL Straße', ['i\u0307stanbul', 'straße']],
    ['emoji and combining marks', 'cafe\u0301 👍🏽!', ['cafe\u0301', '👍🏽']],
    ['a lone surrogate', '\ud800 \udc00', ['\ud800', '\udc00']],
    ['sigma before a filtered dot is not final', 'ΑΣ.Β', ['ασ', 'β']],
  ])('%s', (_, text, expected) => {
    expect(tokenizeWords(text)).toEqual(expected);
    expect(texts(wordTokenizer(), text)).toEqual(expected);
  });

  it('gives spans in the original text', () => {
    expect(wordTokenizer({ breaks: 'space' }).tokenize('İyi<br />Film')).toEqual([
      { text: 'i\u0307yi', start: 0, end: 3 },
      { text: 'film', start: 9, end: 13 },
    ]);
  });

  it('is the same with and without spans', () => {
    fc.assert(
      fc.property(awkwardText, (text) => {
        expect(texts(wordTokenizer(), text)).toEqual(tokenizeWords(text));
      }),
      RUNS,
    );
  });

  it('finds each word again in its span', () => {
    fc.assert(
      fc.property(awkwardText, (text) => {
        for (const { text: word, start, end } of wordTokenizer().tokenize(text)) {
          expect(foldSigma(normalize(text.slice(start, end)).text)).toBe(foldSigma(word));
        }
      }),
      RUNS,
    );
  });

  it('takes 100,000 words', () => {
    const text = 'Word, '.repeat(100_000);
    expect(tokenizeWords(text)).toHaveLength(100_000);
    expect(wordTokenizer().tokenize(text).at(-1)).toEqual({
      text: 'word',
      start: 599_994,
      end: 599_998,
    });
  });
});

describe('whitespaceTokenizer', () => {
  it('splits at any white space and leaves punctuation', () => {
    expect(texts(whitespaceTokenizer(), 'So\u00a0good,\r\nreally!')).toEqual([
      'so',
      'good,',
      'really!',
    ]);
    expect(texts(whitespaceTokenizer({ lower: false, filters: ',' }), 'So,good')).toEqual([
      'So',
      'good',
    ]);
    expect(texts(whitespaceTokenizer({ breaks: 'space' }), 'a<br />b')).toEqual(['a', 'b']);
  });
});

describe('characterTokenizer', () => {
  it('keeps user-perceived characters whole', () => {
    expect(characterTokenizer().tokenize('É👩‍👩‍👧!')).toEqual([
      { text: 'é', start: 0, end: 1 },
      { text: '👩‍👩‍👧', start: 1, end: 9 },
      { text: '!', start: 9, end: 10 },
    ]);
    expect(texts(characterTokenizer(), 'e\u0301\r\n👍🏽🇩🇪')).toEqual(['e\u0301', '\r\n', '👍🏽', '🇩🇪']);
    expect(characterTokenizer().tokenize('İx')).toEqual([
      { text: 'i\u0307', start: 0, end: 1 },
      { text: 'x', start: 1, end: 2 },
    ]);
  });

  it('covers the text without a gap', () => {
    fc.assert(
      fc.property(awkwardText, (text) => {
        const tokens = characterTokenizer({ breaks: 'space' }).tokenize(text);
        expect(tokens.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
      }),
      RUNS,
    );
  });

  it('cuts as Intl.Segmenter does', () => {
    const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
    fc.assert(
      fc.property(awkwardText, (text) => {
        const expected = Array.from(segmenter.segment(text), ({ segment }) => segment);
        expect(splitGraphemes(text)).toEqual(expected);
      }),
      { ...RUNS, numRuns: 2000 },
    );
  });
});

describe('every tokenizer', () => {
  const { merges } = learnBytePairs(['the', 'them', 'then', 'i\u0307i\u0307', 'great'], {
    merges: 20,
    minCount: 1,
  });
  const tokenizers = [
    characterTokenizer(),
    characterTokenizer({ lower: false, breaks: 'space' }),
    whitespaceTokenizer(),
    whitespaceTokenizer({ breaks: 'space', filters: '\u0307' }),
    wordTokenizer(),
    wordTokenizer({ breaks: 'space' }),
    wordTokenizer({ filters: 'i\u0307' }),
    bytePairTokenizer(merges),
    bytePairTokenizer(merges, { breaks: 'space', filters: '' }),
  ].map((tokenizer, i) => [`${tokenizer.name} (${i})`, tokenizer] as const);

  it.each(tokenizers)('%s: spans are in range, in order and apart', (_, tokenizer) => {
    fc.assert(
      fc.property(awkwardText, (text) => {
        let previous = 0;
        for (const { text: token, start, end } of tokenizer.tokenize(text)) {
          expect(token).not.toBe('');
          expect(start).toBeGreaterThanOrEqual(previous);
          expect(end).toBeGreaterThan(start);
          previous = end;
        }
        expect(previous).toBeLessThanOrEqual(text.length);
      }),
      RUNS,
    );
  });
});
