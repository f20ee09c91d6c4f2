import { headOf } from '../dataset/batch/head.ts';
import type { Dataset } from '../dataset/loader/dataset.ts';
import type { Split, TokenTable } from '../dataset/types.ts';

/** Which reviews a run sees: the starter shard's, or every one that is loaded. */
export type Sample = 'starter' | 'all';

/** @throws RangeError when the sample has no review of the split */
export function reviewsOf(dataset: Dataset, split: Split, sample: Sample): TokenTable {
  const loaded = dataset.table(split);
  const starter = dataset.manifest.shards[0]!.counts[split];
  const table = sample === 'starter' ? headOf(loaded, starter) : loaded;
  if (table.rows.length === 0) throw new RangeError(`The data has no ${split} reviews.`);
  return table;
}
