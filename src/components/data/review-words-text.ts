import { percent, whole } from '../lab/format.ts';

/** Id of every word outside the vocabulary. */
export const UNKNOWN_ID = 2;

interface Size {
  /** Commonest words kept. */
  readonly size: number;
  /** Share of all training words that these make up. */
  readonly coverage: number;
  /** Words of the review that are among them. */
  readonly kept: number;
  readonly words: number;
}

/** What a vocabulary of some size leaves, in a sentence. */
export function describeSize({ size, coverage, kept, words }: Size): string {
  return (
    `${whole(size)} words: ${kept} of ${words} left here, ` +
    `${percent(coverage)} of all training words.`
  );
}

interface Word {
  readonly text: string;
  /** 0-based. */
  readonly rank: number;
  /** Commonest words kept. */
  readonly size: number;
}

/** A word, how common it is and the id that the network gets for it. */
export function describeWord({ text, rank, size }: Word, reservedIds: number): string {
  const place = `“${text}” is word ${whole(rank + 1)} by frequency`;
  return rank < size
    ? `${place}: id ${rank + reservedIds}.`
    : `${place}. Not kept: id ${UNKNOWN_ID}.`;
}
