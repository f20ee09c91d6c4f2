import { PairTable } from './pair-table.ts';
import { markedText } from './subword.ts';

/** Words with their counts, or running words that are still to be counted. */
export type WordCounts = ReadonlyMap<string, number> | Iterable<string>;

/** One learned rule: wherever `left` and `right` stand side by side in a word, join them. */
export interface BytePairMerge {
  readonly left: string;
  readonly right: string;
  /** Whether `right`, and so the joined subword, ends its word. */
  readonly wordEnd: boolean;
  /** How often the pair occurred when it was chosen. */
  readonly count: number;
}

/** What was learned: plain data, to be stored as JSON. */
export interface BytePairs {
  /** Marked texts of the base symbols, in code-unit order. */
  readonly alphabet: readonly string[];
  /** In the order in which they were learned, which is the order in which they apply. */
  readonly merges: readonly BytePairMerge[];
}

export interface BytePairOptions {
  /** Most merges to learn; fewer are learned if no pair is common enough. */
  readonly merges: number;
  /** Count that a pair needs. Default 2: what occurs once is no regularity. */
  readonly minCount?: number;
}

/**
 * Learns byte-pair merges: again and again, join the commonest pair of neighbouring symbols
 * (Sennrich, Haddow and Birch, "Neural Machine Translation of Rare Words with Subword Units", ACL
 * 2016, algorithm 1).
 *
 * Two details differ from the paper's listing. The base symbols are grapheme clusters, so that no
 * emoji or accented letter is cut apart; and the end-of-word mark belongs to a word's last symbol
 * instead of being a symbol, so that each symbol shows something. Of equally common pairs the first
 * by code units (left, then right, then unmarked before marked) is joined, so that the result
 * does not depend on the order of the words.
 *
 * @throws {RangeError} if `merges`, `minCount` or a word's count is not a whole number in range.
 */
export function learnBytePairs(words: WordCounts, options: BytePairOptions): BytePairs {
  const { merges: limit, minCount } = options;
  checkInteger('merges', limit, 0);
  const merges: BytePairMerge[] = [];
  const { alphabet, steps } = startBytePairs(words, { minCount });
  while (merges.length < limit) {
    const step = steps.next();
    if (step.done) break;
    merges.push(step.value);
  }
  return { alphabet, merges };
}

/**
 * As {@link learnBytePairs}, one merge at a time: `steps` yields each merge when it is asked for
 * and ends when no pair is as common as `minCount`.
 */
export function startBytePairs(
  words: WordCounts,
  options: Pick<BytePairOptions, 'minCount'> = {},
): { readonly alphabet: readonly string[]; readonly steps: Generator<BytePairMerge, void> } {
  const { minCount = 2 } = options;
  checkInteger('minCount', minCount, 1);
  const table = new PairTable(countOf(words));
  return { alphabet: table.symbols().map(markedText), steps: mergeByMerge(table, minCount) };
}

function* mergeByMerge(table: PairTable, minCount: number): Generator<BytePairMerge, void> {
  for (let pair = table.mergeBest(minCount); pair; pair = table.mergeBest(minCount)) {
    const { left, right, count } = pair;
    yield { left: left.text, right: right.text, wordEnd: right.wordEnd, count };
  }
}

function countOf(words: WordCounts): ReadonlyMap<string, number> {
  if (words instanceof Map) {
    for (const [word, count] of words) {
      checkInteger(`The count of ${JSON.stringify(word)}`, count, 1);
    }
    return words;
  }
  const counts = new Map<string, number>();
  for (const word of words as Iterable<string>) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function checkInteger(name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`${name} is ${value}, but must be an integer of at least ${least}`);
  }
}
