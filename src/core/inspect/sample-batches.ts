import type { Batch } from '../dataset/batch/batcher.ts';
import type { TokenTable } from '../dataset/types.ts';
import type { Preprocessing } from '../models/preprocessing.ts';
import { padRows } from './rows.ts';
import type { Reader } from './text-reader.ts';

/** Reviews that a model reads at a time. */
const BATCH = 50;

/** The words of a review of a table, as the data set holds them. */
export function wordsOf(
  { tokens, offsets }: TokenTable,
  review: number,
  words: readonly string[],
): string[] {
  return Array.from(tokens.subarray(offsets[review], offsets[review + 1]), (rank) => words[rank]!);
}

/**
 * Labelled reviews in batches of like length, as a model reads them.
 *
 * @param words of the data set, by rank
 */
export function sampleBatches(
  table: TokenTable,
  words: readonly string[],
  reader: Reader,
  preprocessing: Preprocessing,
): Batch[] {
  const sequences = Array.from(table.rows, (_, review) => {
    const found = wordsOf(table, review, words);
    return reader.read(reader.readsWords ? found : reader.tokensOf(found.join(' '))).ids;
  });
  const order = [...sequences.keys()].sort((a, b) => sequences[a]!.length - sequences[b]!.length);
  const batches: Batch[] = [];
  for (let at = 0; at < order.length; at += BATCH) {
    const reviews = order.slice(at, at + BATCH);
    const { ids, shape, lengths } = padRows(
      reviews.map((review) => sequences[review]!),
      preprocessing,
    );
    batches.push({
      ids: ids as Batch['ids'],
      shape,
      lengths: lengths as Batch['lengths'],
      labels: Float32Array.from(reviews, (review) => table.labels[review]!),
      rows: Uint32Array.from(reviews, (review) => table.rows[review]!),
    });
  }
  return batches;
}
