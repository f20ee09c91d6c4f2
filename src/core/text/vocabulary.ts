import type { EncodingScheme, ResolvedScheme } from './encoding-scheme.ts';
import {
  OOV_TOKEN,
  PAD_TOKEN,
  resolveScheme,
  START_TOKEN,
  UNUSED_TOKEN,
} from './encoding-scheme.ts';
import { byCodeUnits } from './order.ts';
import { parseVocabulary } from './vocabulary-json.ts';
import type { VocabularyJson } from './vocabulary-json.ts';

/** How much of some documents a vocabulary knows. A "word" here is one that keeps its own id. */
export interface Coverage {
  /** Tokens in all documents. */
  readonly tokens: number;
  /** Different tokens among them. */
  readonly distinct: number;
  /** Tokens that are out of vocabulary. */
  readonly oovTokens: number;
  /** `oovTokens / tokens`; 0 when there are no tokens. */
  readonly oovRate: number;
  /** Different tokens that are out of vocabulary. */
  readonly oovDistinct: number;
}

/**
 * Words in rank order: the commonest first, equally common ones by UTF-16 code units.
 *
 * Ranks are 0-based and belong to the vocabulary alone; ids are ranks under an
 * {@link EncodingScheme}, chosen anew at each call. Immutable.
 */
export class Vocabulary {
  readonly words: readonly string[];
  /** Occurrences of each word in the documents it was fitted on. Shape [size]. */
  readonly counts: Uint32Array;
  readonly #ranks: ReadonlyMap<string, number>;

  private constructor(words: readonly string[], counts: Uint32Array) {
    this.words = words;
    this.counts = counts;
    this.#ranks = new Map(words.map((word, rank) => [word, rank]));
  }

  /** Counts the words of tokenised documents and ranks them. */
  static fit(documents: Iterable<readonly string[]>): Vocabulary {
    const counts = countWords(documents);
    const ranked = Array.from(counts).toSorted(
      ([wordA, countA], [wordB, countB]) => countB - countA || byCodeUnits(wordA, wordB),
    );
    return new Vocabulary(
      ranked.map(([word]) => word),
      Uint32Array.from(ranked, ([, count]) => count),
    );
  }

  /**
   * Reads what {@link Vocabulary.toJSON} wrote.
   *
   * @throws {VocabularyFormatError} if `json` is anything else.
   */
  static fromJSON(json: unknown): Vocabulary {
    const { words, counts } = parseVocabulary(json);
    return new Vocabulary(words, Uint32Array.from(counts));
  }

  /**
   * A vocabulary in which the words of `documents` that this one lacks follow at the end, with
   * count 0 and in code-unit order. Ranks of known words stay as they are.
   */
  withUnseen(documents: Iterable<readonly string[]>): Vocabulary {
    const unseen = new Set<string>();
    for (const document of documents) {
      for (const word of document) if (!this.#ranks.has(word)) unseen.add(word);
    }
    const words = [...this.words, ...Array.from(unseen).toSorted(byCodeUnits)];
    const counts = new Uint32Array(words.length);
    counts.set(this.counts);
    return new Vocabulary(words, counts);
  }

  /** Number of words. */
  get size(): number {
    return this.words.length;
  }

  /** The word's 0-based rank, or -1 if the vocabulary lacks it. */
  indexOf(word: string): number {
    return this.#ranks.get(word) ?? -1;
  }

  /**
   * The ids of one document's words, led by the start id if the scheme has one. Words without an
   * id of their own become the out-of-vocabulary id, or are dropped when that is null.
   *
   * @throws {EncodingSchemeError} if the scheme contradicts itself.
   */
  encode(words: readonly string[], scheme?: EncodingScheme): number[] {
    const resolved = resolveScheme(scheme);
    return encodeRanks(words, (word) => this.indexOf(word), resolved);
  }

  /**
   * As {@link Vocabulary.encode}, from 0-based ranks, with -1 for a word that is not in the
   * vocabulary.
   *
   * @throws {RangeError} if an index is not an integer from -1 to `size - 1`.
   */
  encodeIndices(indices: ArrayLike<number>, scheme?: EncodingScheme): number[] {
    const checked = (rank: number): number => {
      if (!Number.isInteger(rank) || rank < -1 || rank >= this.size) {
        throw new RangeError(`Index ${rank} is not a rank in a vocabulary of ${this.size} words`);
      }
      return rank;
    };
    return encodeRanks(indices, checked, resolveScheme(scheme));
  }

  /**
   * The words behind ids. Marks are shown as {@link PAD_TOKEN}, {@link START_TOKEN},
   * {@link OOV_TOKEN} and, for an id below the words' that no mark uses, {@link UNUSED_TOKEN}.
   *
   * @throws {RangeError} if the scheme gives an id no meaning for this vocabulary.
   */
  decode(ids: ArrayLike<number>, scheme?: EncodingScheme): string[] {
    const resolved = resolveScheme(scheme);
    return Array.from(ids, (id) => this.#decodeId(id, resolved));
  }

  /** How many tokens of `documents` have an id of their own under the scheme. */
  coverage(documents: Iterable<readonly string[]>, scheme?: EncodingScheme): Coverage {
    const kept = Math.min(this.size, wordsKept(resolveScheme(scheme)));
    const counts = countWords(documents);
    let tokens = 0;
    let oovTokens = 0;
    let oovDistinct = 0;
    for (const [word, count] of counts) {
      tokens += count;
      const rank = this.indexOf(word);
      if (rank === -1 || rank >= kept) {
        oovTokens += count;
        oovDistinct += 1;
      }
    }
    const oovRate = tokens === 0 ? 0 : oovTokens / tokens;
    return { tokens, distinct: counts.size, oovTokens, oovRate, oovDistinct };
  }

  /** Plain data, as `JSON.stringify` wants it; see {@link Vocabulary.fromJSON}. */
  toJSON(): VocabularyJson {
    return { words: [...this.words], counts: Array.from(this.counts) };
  }

  #decodeId(id: number, scheme: ResolvedScheme): string {
    if (id === scheme.padId) return PAD_TOKEN;
    if (id === scheme.startId) return START_TOKEN;
    if (id === scheme.oovId) return OOV_TOKEN;
    const limit = Math.min(scheme.numWords, this.size + 1 + scheme.indexFrom);
    if (!Number.isInteger(id) || id < 0 || id >= limit) {
      throw new RangeError(`Id ${id} is not an integer from 0 to ${limit - 1}`);
    }
    return this.words[id - 1 - scheme.indexFrom] ?? UNUSED_TOKEN;
  }
}

/** How many of the commonest words have an id below `numWords`. */
function wordsKept({ numWords, indexFrom }: ResolvedScheme): number {
  return numWords - 1 - indexFrom;
}

function encodeRanks<T>(
  items: ArrayLike<T>,
  rankOf: (item: T) => number,
  scheme: ResolvedScheme,
): number[] {
  const { startId, oovId, indexFrom } = scheme;
  const kept = wordsKept(scheme);
  const ids: number[] = startId === null ? [] : [startId];
  for (let i = 0; i < items.length; i += 1) {
    const rank = rankOf(items[i] as T);
    if (rank !== -1 && rank < kept) ids.push(rank + 1 + indexFrom);
    else if (oovId !== null) ids.push(oovId);
  }
  return ids;
}

function countWords(documents: Iterable<readonly string[]>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const document of documents) {
    for (const word of document) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}
