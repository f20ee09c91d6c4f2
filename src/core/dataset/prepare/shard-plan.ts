import type { Split } from '../types.ts';

/** A token shard to be written: its name and the reviews it holds, in sealed order. */
export interface PlannedShard {
  readonly name: string;
  readonly members: readonly number[];
}

/** Reviews of each split in the starter shard, as far as the split has that many. */
const STARTER: Readonly<Record<Split, number>> = {
  train: 1600,
  validation: 400,
  test: 1000,
};
const REVIEWS_PER_SHARD = 2500;
const REVIEWS_PER_TEXT_SHARD = 500;

/**
 * Distributes the splits over token shards. The first shard, the starter, holds the head of every
 * split, enough to train and judge a first model; the others hold the rest, one split each, train
 * and validation before test. So no review is downloaded twice. Data smaller than the starter is one
 * shard.
 *
 * @param orders the reviews of each split in sealed order.
 */
export function planShards(orders: Readonly<Record<Split, readonly number[]>>): PlannedShard[] {
  const splits = ['train', 'validation', 'test'] as const;
  const starter = splits.flatMap((split) => orders[split].slice(0, STARTER[split]));
  const rest = splits.flatMap((split) =>
    cutEvenly(orders[split].slice(STARTER[split]), REVIEWS_PER_SHARD).map((members, i) => ({
      name: `${split}-${String(i + 1).padStart(2, '0')}`,
      members,
    })),
  );
  return [{ name: 'starter', members: starter }, ...rest];
}

/** Distributes all reviews, in sealed order, over text shards of at most 500. */
export function planTextShards(shards: readonly PlannedShard[]): PlannedShard[] {
  const all = shards.flatMap((shard) => shard.members);
  return cutEvenly(all, REVIEWS_PER_TEXT_SHARD).map((members, i) => ({
    name: `texts-${String(i + 1).padStart(3, '0')}`,
    members,
  }));
}

/** Cuts into the fewest pieces of at most `most`, nearly equal, at even places (whole pairs). */
function cutEvenly(members: readonly number[], most: number): number[][] {
  const pieces = Math.ceil(members.length / most);
  const bound = (piece: number): number =>
    piece === pieces ? members.length : 2 * Math.floor((piece * members.length) / pieces / 2);
  return Array.from({ length: pieces }, (_, i) => members.slice(bound(i), bound(i + 1)));
}
