import { splitGraphemes } from './graphemes.ts';
import { byCodeUnits } from './order.ts';
import type { QueuedPair } from './pair-queue.ts';
import { PairQueue } from './pair-queue.ts';
import type { Subword } from './subword.ts';
import { markedText } from './subword.ts';

/** Pair keys hold two symbol numbers in the 53 bits of a safe integer. */
const KEY_BASE = 2 ** 26;

interface Entry {
  readonly count: number;
  symbols: number[];
}

/** Two neighbouring subwords and how often they stand side by side. */
export interface CountedPair {
  readonly left: Subword;
  readonly right: Subword;
  readonly count: number;
}

/**
 * Words cut into symbols, with the counts of all neighbouring pairs.
 *
 * A merge touches only the words that hold its pair, and their counts are corrected in place. The
 * queue may hold outdated counts: one that is too high is put right when it surfaces, and a pair
 * whose count rises is queued again.
 */
export class PairTable {
  readonly #symbols: Subword[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #entries: Entry[] = [];
  readonly #counts = new Map<number, number>();
  readonly #holders = new Map<number, Set<Entry>>();
  readonly #queue: PairQueue;

  /** @param words distinct words with their counts */
  constructor(words: Iterable<readonly [string, number]>) {
    this.#queue = new PairQueue((a, b) => b.count - a.count || this.#comparePairs(a.key, b.key));
    for (const [word, count] of words) {
      const graphemes = splitGraphemes(word);
      const symbols = graphemes.map((text, i) =>
        this.#number({ text, wordEnd: i === graphemes.length - 1 }),
      );
      const entry = { count, symbols };
      this.#entries.push(entry);
      this.#addPairs(entry);
    }
    this.#enqueue(this.#counts.keys());
  }

  /** All symbols so far: the base alphabet at first, in code-unit order of the marked texts. */
  symbols(): Subword[] {
    return this.#symbols.toSorted((a, b) => byCodeUnits(markedText(a), markedText(b)));
  }

  /**
   * Merges the commonest pair everywhere and returns it with the count it had; null if no pair is
   * as common as `minCount`.
   */
  mergeBest(minCount: number): CountedPair | null {
    const best = this.#takeBest();
    if (best === null || best.count < minCount) return null;
    const [left, right] = this.#pair(best.key);
    const merged = this.#number({ text: left.text + right.text, wordEnd: right.wordEnd });
    const formed = new Set<number>();
    for (const entry of this.#holders.get(best.key) ?? []) {
      this.#removePairs(entry);
      entry.symbols = mergePair(entry.symbols, best.key, merged);
      this.#addPairs(entry, formed);
    }
    this.#enqueue(formed);
    return { left, right, count: best.count };
  }

  #takeBest(): QueuedPair | null {
    for (let pair = this.#queue.pop(); pair !== undefined; pair = this.#queue.pop()) {
      const count = this.#counts.get(pair.key) ?? 0;
      if (count === pair.count) return pair;
      if (count > 0 && count < pair.count) this.#queue.push({ key: pair.key, count });
    }
    return null;
  }

  #enqueue(keys: Iterable<number>): void {
    for (const key of keys) {
      const count = this.#counts.get(key) ?? 0;
      if (count > 0) this.#queue.push({ key, count });
    }
  }

  #addPairs(entry: Entry, formed?: Set<number>): void {
    forEachPair(entry.symbols, (key) => {
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + entry.count);
      const holders = this.#holders.get(key);
      if (holders) holders.add(entry);
      else this.#holders.set(key, new Set([entry]));
      formed?.add(key);
    });
  }

  #removePairs(entry: Entry): void {
    forEachPair(entry.symbols, (key) => {
      const count = (this.#counts.get(key) ?? 0) - entry.count;
      if (count > 0) this.#counts.set(key, count);
      else this.#counts.delete(key);
      this.#holders.get(key)?.delete(entry);
    });
  }

  #number(symbol: Subword): number {
    const key = `${symbol.wordEnd ? 1 : 0}${symbol.text}`;
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#symbols.push(symbol) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }

  #pair(key: number): [left: Subword, right: Subword] {
    const left = this.#symbols[Math.floor(key / KEY_BASE)];
    const right = this.#symbols[key % KEY_BASE];
    if (left === undefined || right === undefined) throw new RangeError(`No pair has key ${key}`);
    return [left, right];
  }

  /** Orders equally common pairs by the texts of left and right, then unmarked before marked. */
  #comparePairs(a: number, b: number): number {
    const [leftA, rightA] = this.#pair(a);
    const [leftB, rightB] = this.#pair(b);
    return (
      byCodeUnits(leftA.text, leftB.text) ||
      byCodeUnits(rightA.text, rightB.text) ||
      Number(rightA.wordEnd) - Number(rightB.wordEnd)
    );
  }
}

function forEachPair(symbols: readonly number[], visit: (key: number) => void): void {
  for (let i = 1; i < symbols.length; i += 1) {
    visit((symbols[i - 1] ?? 0) * KEY_BASE + (symbols[i] ?? 0));
  }
}

/** Replaces the pair from left to right, so "aaa" with the pair (a, a) becomes "aa", "a". */
function mergePair(symbols: readonly number[], key: number, merged: number): number[] {
  const result: number[] = [];
  for (let i = 0; i < symbols.length; i += 1) {
    const symbol = symbols[i] ?? 0;
    const next = symbols[i + 1];
    if (next !== undefined && symbol * KEY_BASE + next === key) {
      result.push(merged);
      i += 1;
    } else {
      result.push(symbol);
    }
  }
  return result;
}
