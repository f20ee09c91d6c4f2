import type { TokenTable } from '../dataset/types.ts';

/** A review with the words that were looked for. */
export interface FoundReview {
  /** Index in the table. */
  readonly index: number;
  /** Place, from 0, of the first word that was looked for, or of all in a row. */
  readonly at: number;
  /** Whether they stand there in a row, as they were asked for. */
  readonly phrase: boolean;
}

/**
 * The reviews of a table that have all of some words: first those where they stand in a row, each
 * kind in the table's order.
 *
 * @param ranks the words, by their ranks
 */
export function searchReviews(
  { rows, tokens, offsets }: TokenTable,
  ranks: readonly number[],
  most: number,
): FoundReview[] {
  if (ranks.length === 0) return [];
  const phrases: FoundReview[] = [];
  const others: FoundReview[] = [];
  for (let index = 0; index < rows.length && phrases.length < most; index++) {
    const review = tokens.subarray(offsets[index], offsets[index + 1]);
    if (!ranks.every((rank) => review.includes(rank))) continue;
    const at = phraseIn(review, ranks);
    if (at >= 0) phrases.push({ index, at, phrase: true });
    else if (others.length < most) {
      const first = review.findIndex((rank) => ranks.includes(rank));
      others.push({ index, at: first, phrase: false });
    }
  }
  return [...phrases, ...others].slice(0, most);
}

function phraseIn(review: Uint32Array, ranks: readonly number[]): number {
  for (let at = review.indexOf(ranks[0]!); at >= 0; at = review.indexOf(ranks[0]!, at + 1)) {
    if (ranks.every((rank, i) => review[at + i] === rank)) return at;
  }
  return -1;
}
