import { padSequences } from '../../core/text/index.ts';
import { signed, whole } from '../lab/format.ts';

/** Ids of the marks, and of the commonest word, as in Keras. */
const [PAD, START, UNKNOWN, FIRST_WORD] = [0, 1, 2, 4];

/** A word of the review. */
export interface WindowWord {
  /** 0-based, by frequency. */
  readonly rank: number;
  /** How much it speaks for a positive review. */
  readonly weight: number;
}

/** What the reader sets. */
export interface WindowSettings {
  /** Ids in use, marks included (Keras’s `num_words`). */
  readonly numWords: number;
  readonly maxlen: number;
  readonly padding: 'pre' | 'post';
  readonly truncating: 'pre' | 'post';
}

/** One place of the row that the network gets. */
export interface Cell {
  readonly kind: 'pad' | 'start' | 'unknown' | 'word';
  readonly id: number;
  /** Place of the word in the review; undefined for padding and the mark of the start. */
  readonly word?: number;
}

export interface Window {
  readonly cells: readonly Cell[];
  /** Of each word of the review: whether it is cut off, or left, and if left, whether it is known. */
  readonly words: readonly ('cut' | 'unknown' | 'known')[];
  /** The sum of the weights of the different words that are left and known. */
  readonly score: number;
}

/** A review as a row of one length. */
export function lookThrough(review: readonly WindowWord[], settings: WindowSettings): Window {
  const { numWords, maxlen, padding, truncating } = settings;
  const idOf = (rank: number): number =>
    rank + FIRST_WORD < numWords ? rank + FIRST_WORD : UNKNOWN;
  const ids = [START, ...review.map(({ rank }) => idOf(rank))];
  const { ids: row, cut, lengths } = padSequences([ids], { maxlen, padding, truncating });
  const first = truncating === 'pre' ? cut[0]! : 0;
  const offset = padding === 'pre' ? maxlen - lengths[0]! : 0;
  const cells = Array.from(row, (id, place): Cell => {
    // Places of the sequence count from the mark of the start, words from the one behind it.
    const word = place - offset + first - 1;
    if (id === PAD) return { kind: 'pad', id };
    if (id === START) return { kind: 'start', id };
    return { kind: id === UNKNOWN ? 'unknown' : 'word', id, word };
  });
  const words = review.map((): 'cut' | 'unknown' | 'known' => 'cut');
  const counted = new Map<number, number>();
  for (const { kind, word } of cells) {
    if (word === undefined) continue;
    words[word] = kind === 'word' ? 'known' : 'unknown';
    if (kind === 'word') counted.set(review[word]!.rank, review[word]!.weight);
  }
  const score = [...counted.values()].reduce((sum, weight) => sum + weight, 0);
  return { cells, words, score };
}

/** What is left of the review, in a sentence. */
export function describeWindow({ cells, words, score }: Window): string {
  const left = words.filter((word) => word !== 'cut').length;
  const unknown = words.filter((word) => word === 'unknown').length;
  const pad = cells.filter(({ kind }) => kind === 'pad').length;
  const side = score < 0 ? 'negative' : 'positive';
  return (
    `${whole(left)} of ${whole(words.length)} words are left, ${whole(unknown)} of them unknown; ` +
    `${whole(pad)} places are padding. The words left add up to ${signed(score)}: ${side}.`
  );
}

/** Of a word’s colour at most, in percent: the word must stay readable on it. */
const STRONGEST = 40;

/** Strength of a word’s colour, in percent. */
export const strengthOf = (weight: number): number =>
  Math.round(Math.min(1, Math.abs(weight) / 1.5) * STRONGEST);

/** A word’s colour by its weight: positive blue, negative orange. */
export function colorOf(weight: number): string {
  const hue = weight < 0 ? 'negative' : 'positive';
  return `color-mix(in oklab, var(--${hue}) ${strengthOf(weight)}%, var(--surface))`;
}
