import { Batcher } from '../../core/dataset/batch/batcher.ts';
import { coverage } from '../read-the-data/frequencies.ts';
import { cutIntoPieces } from '../read-the-data/pieces.ts';
import { siteData } from '../shared/site-data.ts';
import { tableOf, wordWeights } from '../shared/word-weights.ts';
import { judgeEnds } from './reading-ends.ts';

/** A review that changes its mind. */
const EXAMPLE_ROW = 44_379;
/** A short one, to be watched while models read it. */
const WATCHED_ROW = 40_672;
const SIZES = [500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000];
const ENDS = [10, 20, 40, 60, 80, 100, 150, 200, 250, 300, 400];
/** Words that count when ends are judged. */
const KEPT = 10_000;
const [BATCHES, BATCH] = [20, 32];
/** Longer than any review: nothing is cut here. */
const WHOLE = 4_000;

const { manifest, vocabulary, reviews, textOf } = siteData;
const isImdb = manifest.source.kind === 'imdb';
const rowOf = (row: number): number => (isImdb ? row : reviews[0]!.row);
const counts = vocabulary.counts.subarray(0, manifest.vocabulary.trainWords);

export const row = rowOf(EXAMPLE_ROW);
/** The review, cut at the bounds of its words, each with its weight. */
export const pieces = cutIntoPieces(textOf(row), vocabulary).map((piece) =>
  piece.rank === undefined
    ? piece
    : { ...piece, weight: Math.round(100 * wordWeights[piece.rank]!) / 100 },
);
export const words = pieces.filter(({ rank }) => rank !== undefined).length;
export const watched = textOf(rowOf(WATCHED_ROW));

const covered = coverage(counts, SIZES);
export const sizes = SIZES.map((size, i) => ({ size, coverage: covered[i]! }));
export const coverageAt = (size: number): number => coverage(counts, [size])[0]!;

/** How often a bag of words is right on held-out reviews when it reads one end of them. */
export const ends = judgeEnds(
  reviews.filter(({ split }) => split === 'validation'),
  wordWeights,
  KEPT,
  ENDS,
);
export const endAt = (length: number) => ends.find((end) => end.length === length)!;

const train = tableOf(reviews.filter(({ split }) => split === 'train'));

/** Ids in each review, batch by batch: mixed, and with reviews of like length together. */
export const batches = { mixed: lengthsOf({}), grouped: lengthsOf({ buckets: 20 }) };

function lengthsOf(buckets: { readonly buckets?: number }): number[][] {
  const batcher = new Batcher(train, vocabulary, {
    maxlen: WHOLE,
    batchSize: BATCH,
    seed: 1,
    ...buckets,
  });
  const { order, starts, ends: stops } = batcher.plan(0);
  return Array.from({ length: BATCHES }, (_, batch) =>
    Array.from(order.subarray(starts[batch], stops[batch]), (review) => batcher.lengths[review]!),
  );
}
