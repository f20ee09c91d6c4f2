import type { Review } from '../read-the-data/read-data.ts';

/** How often a bag of words is right that reads one end of each review. */
export interface EndAccuracy {
  /** Words that it reads. */
  readonly length: number;
  readonly first: number;
  readonly last: number;
}

/**
 * Judges reviews by the sum of the weights of their different words, from one end alone.
 *
 * @param weights of each word, by rank
 * @param kept commonest words that count
 */
export function judgeEnds(
  reviews: readonly Pick<Review, 'label' | 'tokens'>[],
  weights: ArrayLike<number>,
  kept: number,
  lengths: readonly number[],
): EndAccuracy[] {
  const isRight = (tokens: Uint32Array, label: number): boolean => {
    let score = 0;
    for (const rank of new Set(tokens)) if (rank < kept) score += weights[rank]!;
    return score > 0 === (label === 1);
  };
  const share = (read: (tokens: Uint32Array) => Uint32Array): number =>
    reviews.filter(({ label, tokens }) => isRight(read(tokens), label)).length / reviews.length;
  return lengths.map((length) => ({
    length,
    first: share((tokens) => tokens.subarray(0, length)),
    last: share((tokens) => tokens.subarray(Math.max(0, tokens.length - length))),
  }));
}
