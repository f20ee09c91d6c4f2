import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BytePairMerge, BytePairOptions, Subword } from '../../../src/core/text/index.ts';
import {
  bytePairTokenizer,
  learnBytePairs,
  markedText,
  startBytePairs,
  wordTokenizer,
} from '../../../src/core/text/index.ts';
import { awkwardText, RUNS } from './arbitraries.ts';

/** The dictionary of the paper's algorithm 1. */
const PAPER = new Map([
  ['low', 5],
  ['lower', 2],
  ['newest', 6],
  ['widest', 3],
]);

const show = ({ left, right, wordEnd, count }: BytePairMerge): string =>
  `${left} ${markedText({ text: right, wordEnd })} ${count}`;

/** Learning as the paper writes it: count every pair anew for each merge. For ASCII words. */
function learnSlowly(
  words: ReadonlyMap<string, number>,
  { merges: limit, minCount = 2 }: BytePairOptions,
) {
  const cut = Array.from(words, ([word, count]) => ({
    count,
    pieces: Array.from(word, (text, i): Subword => ({ text, wordEnd: i === word.length - 1 })),
  }));
  const merges: BytePairMerge[] = [];
  while (merges.length < limit) {
    const pairs = new Map<string, BytePairMerge>();
    for (const { count, pieces } of cut) {
      pieces.slice(1).forEach(({ text: right, wordEnd }, i) => {
        const left = pieces[i]?.text ?? '';
        const key = JSON.stringify([left, right, wordEnd]);
        pairs.set(key, { left, right, wordEnd, count: (pairs.get(key)?.count ?? 0) + count });
      });
    }
    const keyOf = (pair: BytePairMerge) => `${pair.left} ${pair.right} ${pair.wordEnd ? 1 : 0}`;
    const [best] = Array.from(pairs.values()).toSorted(
      (a, b) => b.count - a.count || (keyOf(a) < keyOf(b) ? -1 : 1),
    );
    if (!best || best.count < minCount) break;
    merges.push(best);
    for (const word of cut) {
      const { pieces } = word;
      word.pieces = [];
      for (let i = 0; i < pieces.length; i += 1) {
        const [left, right] = [pieces[i], pieces[i + 1]];
        if (left === undefined) continue;
        const fits =
          left.text === best.left && right?.text === best.right && right.wordEnd === best.wordEnd;
        word.pieces.push(fits ? { text: best.left + best.right, wordEnd: best.wordEnd } : left);
        if (fits) i += 1;
      }
    }
  }
  return { merges, pieces: cut.map(({ pieces }) => pieces.map((piece) => piece.text)) };
}

const dictionaries = fc
  .array(
    fc.tuple(
      fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 10 }),
      fc.integer({ min: 1, max: 4 }),
    ),
    { maxLength: 12 },
  )
  .map((entries) => new Map(entries));

describe('learnBytePairs', () => {
  it('learns the merges of the example in the paper', () => {
    const { merges, alphabet } = learnBytePairs(PAPER, { merges: 8 });
    expect(merges.map(show)).toEqual([
      'e s 9',
      'es t</w> 9',
      'l o 7',
      'e w 6',
      'ew est</w> 6',
      'n ewest</w> 6',
      'lo w</w> 5',
      'd est</w> 3',
    ]);
    expect(alphabet).toEqual(['d', 'e', 'i', 'l', 'n', 'o', 'r</w>', 's', 't</w>', 'w', 'w</w>']);
  });

  it('yields the same merges one by one', () => {
    const { steps } = startBytePairs(PAPER);
    expect(Array.from(steps)).toEqual(learnBytePairs(PAPER, { merges: 1000 }).merges);
  });

  it('ends when no pair is common enough', () => {
    expect(learnBytePairs(['ab', 'cd'], { merges: 9 }).merges).toEqual([]);
    expect(learnBytePairs(['ab', 'cd'], { merges: 9, minCount: 1 }).merges.map(show)).toEqual([
      'a b</w> 1',
      'c d</w> 1',
    ]);
    expect(learnBytePairs([], { merges: 9 })).toEqual({ alphabet: [], merges: [] });
    expect(learnBytePairs(['', 'a', 'a'], { merges: 9 })).toEqual({
      alphabet: ['a</w>'],
      merges: [],
    });
  });

  it('counts running words', () => {
    expect(learnBytePairs(['ab', 'ab', 'abc'], { merges: 1 }).merges.map(show)).toEqual([
      'a b</w> 2',
    ]);
  });

  it('does not depend on the order of the words', () => {
    const reversed = new Map(Array.from(PAPER).toReversed());
    expect(learnBytePairs(reversed, { merges: 50 })).toEqual(learnBytePairs(PAPER, { merges: 50 }));
  });

  it('keeps the corrected counts equal to counts made anew, and tokenises as it learned', () => {
    fc.assert(
      fc.property(dictionaries, fc.integer({ min: 0, max: 30 }), (words, limit) => {
        const options = { merges: limit, minCount: 1 };
        const { merges } = learnBytePairs(words, options);
        const slow = learnSlowly(words, options);
        expect(merges).toEqual(slow.merges);
        const tokenizer = bytePairTokenizer(merges);
        const pieces = Array.from(words.keys(), (word) =>
          tokenizer.tokenize(word).map(({ text }) => text),
        );
        expect(pieces).toEqual(slow.pieces);
      }),
      { ...RUNS, numRuns: 2000 },
    );
  });

  it('names wrong numbers', () => {
    expect(() => learnBytePairs([], { merges: -1 })).toThrow('merges is -1, but must be');
    expect(() => learnBytePairs([], { merges: 1, minCount: 0 })).toThrow(
      'minCount is 0, but must be',
    );
    expect(() => learnBytePairs(new Map([['a', 0.5]]), { merges: 1 })).toThrow(
      'The count of "a" is 0.5',
    );
  });
});

describe('bytePairTokenizer', () => {
  const { merges } = learnBytePairs(PAPER, { merges: 8 });

  it('cuts unseen words into learned subwords, with spans', () => {
    const tokens = bytePairTokenizer(merges).tokenize('Lowest, x');
    expect(tokens).toEqual([
      { text: 'lo', start: 0, end: 2, wordEnd: false },
      { text: 'w', start: 2, end: 3, wordEnd: false },
      { text: 'est', start: 3, end: 6, wordEnd: true },
      { text: 'x', start: 8, end: 9, wordEnd: true },
    ]);
    expect(tokens.map(markedText)).toEqual(['lo', 'w', 'est</w>', 'x</w>']);
  });

  it('goes by the earliest place of a merge that is listed twice', () => {
    const first = { left: 'a', right: 'b', wordEnd: false, count: 9 };
    const second = { left: 'b', right: 'c', wordEnd: true, count: 8 };
    const tokens = bytePairTokenizer([first, second, first]).tokenize('abc');
    expect(tokens.map(markedText)).toEqual(['ab', 'c</w>']);
  });

  it('cuts characters apart without merges, and keeps graphemes whole', () => {
    const cut = bytePairTokenizer([])
      .tokenize('İe\u0301👍🏽')
      .map(({ text }) => text);
    expect(cut).toEqual(['i\u0307', 'e\u0301', '👍🏽']);
  });

  it('joins to the words it cut', () => {
    const tokenizer = bytePairTokenizer(merges);
    fc.assert(
      fc.property(awkwardText, (text) => {
        const words = [''];
        for (const { text: piece, wordEnd } of tokenizer.tokenize(text)) {
          words[words.length - 1] += piece;
          if (wordEnd) words.push('');
        }
        const expected = wordTokenizer()
          .tokenize(text)
          .map((token) => token.text);
        expect(words).toEqual([...expected, '']);
      }),
      RUNS,
    );
  });

  it('takes a word of 100,000 letters', () => {
    const cut = bytePairTokenizer(merges).tokenize('lo'.repeat(50_000));
    expect(cut, 'the last "lo" ends the word and was never learned').toHaveLength(50_001);
  });
});
