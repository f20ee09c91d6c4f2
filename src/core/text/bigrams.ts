import { FIRST_WORD_ID } from './encoding-scheme.ts';

/** Room for the second id of a pair in one number: pairs stay exact integers. */
const SECOND = 2 ** 20;

/** Pairs of neighbouring words that have ids of their own, behind the ids of the words. */
export class Bigrams {
  /** The two word ids of each pair, one after the other, in the order of the pairs' ids. [n, 2] */
  readonly pairs: Uint32Array;
  /** Id of the first pair: the number of word ids (Keras's `num_words`). */
  readonly firstId: number;
  readonly #ids: ReadonlyMap<number, number>;

  /** @throws RangeError as {@link checkBigrams} */
  constructor(pairs: Uint32Array, firstId: number) {
    this.pairs = pairs;
    this.firstId = firstId;
    this.#ids = checkBigrams(pairs, firstId);
  }

  /** Number of pairs. */
  get size(): number {
    return this.pairs.length / 2;
  }

  /** The id of two neighbouring words' pair, or undefined if it has none. */
  idOf(first: number, second: number): number | undefined {
    return this.#ids.get(keyOf(first, second));
  }
}

/**
 * Checks pairs that come from outside.
 *
 * @returns the id of each pair, by its key
 * @throws RangeError if a pair is named twice or names an id that is no word's
 */
export function checkBigrams(pairs: Uint32Array, firstId: number): ReadonlyMap<number, number> {
  const ids = new Map<number, number>();
  for (let i = 0; i < pairs.length; i += 2) {
    const [first, second] = [pairs[i]!, pairs[i + 1]!];
    if (!(isWord(first, firstId) && isWord(second, firstId))) {
      throw new RangeError(`Pair ${i / 2} is ${first}, ${second}: word ids are below ${firstId}`);
    }
    ids.set(keyOf(first, second), firstId + i / 2);
  }
  if (ids.size * 2 !== pairs.length) throw new RangeError('A pair of words is named twice');
  return ids;
}

/**
 * The pairs of neighbouring words that stand in the most reviews, commonest first, and among
 * equals by their words' ids.
 *
 * @param reviews word ids of each, without marks; ids that are no word's break a pair
 * @param numWords word ids are below it
 * @param count how many pairs at most
 */
export function commonestBigrams(
  reviews: Iterable<ArrayLike<number>>,
  numWords: number,
  count: number,
): Bigrams {
  const reviewsWith = new Map<number, number>();
  for (const ids of reviews) {
    const seen = new Set<number>();
    for (let i = 1; i < ids.length; i += 1) {
      const [first, second] = [ids[i - 1]!, ids[i]!];
      if (isWord(first, numWords) && isWord(second, numWords)) seen.add(keyOf(first, second));
    }
    for (const key of seen) reviewsWith.set(key, (reviewsWith.get(key) ?? 0) + 1);
  }
  const keys = [...reviewsWith.keys()].sort(
    (a, b) => reviewsWith.get(b)! - reviewsWith.get(a)! || a - b,
  );
  const pairs = keys.slice(0, count).flatMap((key) => [Math.floor(key / SECOND), key % SECOND]);
  return new Bigrams(Uint32Array.from(pairs), numWords);
}

/**
 * A review as a bag: its ids, then those of its pairs.
 *
 * @param distinct each id once, at its first place
 */
export function bagOf(
  ids: ArrayLike<number>,
  bigrams: Bigrams | undefined,
  distinct: boolean,
): number[] {
  const bag = Array.from(ids);
  if (bigrams) {
    for (let i = 1; i < ids.length; i += 1) {
      const id = bigrams.idOf(ids[i - 1]!, ids[i]!);
      if (id !== undefined) bag.push(id);
    }
  }
  return distinct ? [...new Set(bag)] : bag;
}

const keyOf = (first: number, second: number): number => first * SECOND + second;

const isWord = (id: number, numWords: number): boolean => id >= FIRST_WORD_ID && id < numWords;
