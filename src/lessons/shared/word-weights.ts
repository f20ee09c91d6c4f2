import { logCountRatios } from '../../core/dataset/naive-bayes.ts';
import { SPLITS } from '../../core/dataset/types.ts';
import type { TokenTable } from '../../core/dataset/types.ts';
import type { Review } from '../read-the-data/read-data.ts';
import { siteData } from './site-data.ts';

/** Reviews as one table. */
export function tableOf(reviews: readonly Review[]): TokenTable {
  const offsets = new Uint32Array(reviews.length + 1);
  reviews.forEach(({ tokens }, i) => (offsets[i + 1] = offsets[i]! + tokens.length));
  const tokens = new Uint32Array(offsets[reviews.length]!);
  reviews.forEach((review, i) => tokens.set(review.tokens, offsets[i]));
  return {
    rows: Uint32Array.from(reviews, ({ row }) => row),
    labels: Uint8Array.from(reviews, ({ label }) => label),
    splits: Uint8Array.from(reviews, ({ split }) => SPLITS.indexOf(split)),
    offsets,
    tokens,
  };
}

/**
 * Of each word, by rank, how much it speaks for a positive review: naive Bayes's log-count ratio,
 * counted over the training reviews without those that are held out.
 */
export const wordWeights = logCountRatios(
  tableOf(siteData.reviews.filter(({ split }) => split === 'train')),
  siteData.vocabulary.size,
);

/** The weight of a word; 0 for one that is not in the data. */
export function weightOf(word: string): number {
  return wordWeights[siteData.vocabulary.indexOf(word)] ?? 0;
}
