import type { BytePairMerge } from './byte-pair.ts';
import { splitGraphemes } from './graphemes.ts';
import type { NormalizeOptions } from './normalize.ts';
import { createNormalizer } from './normalize.ts';
import type { Subword } from './subword.ts';
import type { Token, Tokenizer } from './token.ts';
import { forEachWord, tokenAt } from './tokenize.ts';

/** A piece of a word. Its `text` is free of the mark; `markedText` shows it. */
export interface SubwordToken extends Token, Subword {}

export interface BytePairTokenizer extends Tokenizer {
  tokenize(text: string): SubwordToken[];
}

/** Cut words are remembered up to this number, since most words of a text occur often. */
const MAX_REMEMBERED = 50_000;
/** A longer word is unlikely to come again, and would hold much memory. */
const LONGEST_REMEMBERED = 64;

/**
 * Cuts words, found and normalised as by `wordTokenizer`, into learned subwords. In each word the
 * earliest learned merge that fits is applied, wherever it fits, until none does (Sennrich et al.,
 * ACL 2016). Characters that learning never saw stay alone.
 */
export function bytePairTokenizer(
  merges: readonly BytePairMerge[],
  options: NormalizeOptions = {},
): BytePairTokenizer {
  const normalizeText = createNormalizer(options);
  const ranks = new MergeRanks(merges);
  const remembered = new Map<string, readonly string[]>();

  const pieces = (word: string): readonly string[] => {
    const known = remembered.get(word);
    if (known) return known;
    const cut = cutWord(word, ranks);
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    if (word.length <= LONGEST_REMEMBERED) remembered.set(word, cut);
    return cut;
  };

  return {
    name: 'byte-pair',
    tokenize(text) {
      const source = normalizeText(text);
      const tokens: SubwordToken[] = [];
      forEachWord(source.text, (wordStart, wordEnd) => {
        let start = wordStart;
        for (const piece of pieces(source.text.slice(wordStart, wordEnd))) {
          const end = start + piece.length;
          tokens.push({ ...tokenAt(source, start, end), wordEnd: end === wordEnd });
          start = end;
        }
      });
      return tokens;
    },
  };
}

/** The place of each pair in the order of learning. */
class MergeRanks {
  readonly #inside = new Map<string, Map<string, number>>();
  readonly #atEnd = new Map<string, Map<string, number>>();

  constructor(merges: readonly BytePairMerge[]) {
    merges.forEach(({ left, right, wordEnd }, rank) => {
      const byLeft = wordEnd ? this.#atEnd : this.#inside;
      const byRight = byLeft.get(left) ?? new Map<string, number>();
      byLeft.set(left, byRight);
      if (!byRight.has(right)) byRight.set(right, rank);
    });
  }

  /** Infinity for a pair that was never learned. */
  rankOf(left: string, right: string, wordEnd: boolean): number {
    return (wordEnd ? this.#atEnd : this.#inside).get(left)?.get(right) ?? Infinity;
  }
}

function cutWord(word: string, ranks: MergeRanks): string[] {
  let pieces = splitGraphemes(word);
  for (;;) {
    const pairRanks = pieces
      .slice(1)
      .map((right, i) => ranks.rankOf(pieces[i] ?? '', right, i + 2 === pieces.length));
    const best = pairRanks.reduce((a, b) => Math.min(a, b), Infinity);
    if (best === Infinity) return pieces;
    const joined: string[] = [];
    for (let i = 0; i < pieces.length; i += 1) {
      const fits = pairRanks[i] === best;
      joined.push((pieces[i] ?? '') + (fits ? (pieces[i + 1] ?? '') : ''));
      if (fits) i += 1;
    }
    pieces = joined;
  }
}
