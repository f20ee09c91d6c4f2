import { createRandom } from '../../random.ts';
import type { Random } from '../../random.ts';
import { balanced } from './balance.ts';
import { checkAtLeastOne } from './encoder.ts';

/** How the reviews of an epoch are ordered and grouped. */
export interface PlanOptions {
  readonly batchSize: number;
  /** Ids kept of each review at most: the width of every batch unless `buckets` is given. */
  readonly maxlen: number;
  /** A new order for each epoch (default), or the table's own, as for evaluation. */
  readonly shuffle?: boolean;
  /** Seed of the orders, a safe integer. Default 0. */
  readonly seed?: number;
  /**
   * Makes each batch only as wide as its longest review, and groups shuffled reviews by length,
   * into this many groups of about equal numbers. More groups waste less padding but mix the
   * reviews less; 1 mixes them all, and unshuffled reviews stay in order. Without it, every batch is `maxlen` wide, as in Keras.
   */
  readonly buckets?: number;
  /**
   * With `buckets`: widths are rounded up to a multiple of this (never above `maxlen`), since each
   * new width may cost a GPU backend the compilation of new programs. Default 1.
   */
  readonly widthMultiple?: number;
  /**
   * Repeats reviews of the smaller class, each about equally often and others in each epoch, until
   * both classes are equally many. For shuffled reviews alone. Default false.
   */
  readonly balance?: boolean;
}

/** The batches of one epoch. Batch `b` holds the reviews `order[starts[b] .. ends[b])`. */
export interface BatchPlan {
  /** Every review, by its index in the table: once, unless `balance` repeats it. */
  readonly order: Uint32Array;
  /** In the order of training. Shape [batches]. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly widths: Uint32Array;
}

/** @throws RangeError naming the option that is out of range. */
export function checkPlanOptions(options: PlanOptions): void {
  checkAtLeastOne('batchSize', options.batchSize);
  checkAtLeastOne('maxlen', options.maxlen);
  checkAtLeastOne('buckets', options.buckets ?? 1);
  checkAtLeastOne('widthMultiple', options.widthMultiple ?? 1);
  if (options.balance && options.shuffle === false) {
    throw new RangeError('balance repeats reviews: it needs shuffle');
  }
  createRandom(options.seed ?? 0); // Refuses a seed that is no safe integer.
}

/**
 * Plans one epoch: the same for equal arguments, another one for each epoch if shuffled. Nothing is
 * dropped: the last batch may be smaller.
 *
 * @param lengths ids kept of each review, at most `maxlen`. Shape [n].
 * @param labels 0 or 1. Shape [n].
 * @param epoch 0-based.
 * @throws RangeError unless `epoch` is a non-negative integer.
 */
export function planEpoch(
  lengths: Int32Array,
  labels: Uint8Array,
  options: PlanOptions,
  epoch: number,
): BatchPlan {
  const { batchSize, maxlen, shuffle = true, seed = 0, buckets, widthMultiple = 1 } = options;
  if (!Number.isSafeInteger(epoch) || epoch < 0) {
    throw new RangeError(`epoch is ${epoch}, but must be an integer of at least 0`);
  }
  const random = shuffle ? epochRandom(epoch, seed) : undefined;
  let order = Uint32Array.from(lengths.keys());
  if (random && options.balance) order = balanced(labels, random);
  random?.shuffle(order);
  if (random && buckets !== undefined && buckets > 1) {
    order = sortedByLength(order, lengths, maxlen);
    shuffleBuckets(order, buckets, random);
  }

  const count = Math.ceil(order.length / batchSize);
  const starts = Uint32Array.from({ length: count }, (_, batch) => batch * batchSize);
  // The smaller batch, if there is one, stays last.
  random?.shuffle(starts.subarray(0, Math.floor(order.length / batchSize)));
  const ends = starts.map((start) => Math.min(start + batchSize, order.length));
  const widths = starts.map((start, batch) => {
    if (buckets === undefined) return maxlen;
    let longest = 1;
    for (let i = start; i < ends[batch]!; i += 1) longest = Math.max(longest, lengths[order[i]!]!);
    return Math.min(maxlen, Math.ceil(longest / widthMultiple) * widthMultiple);
  });
  return { order, starts, ends, widths };
}

/** Neighbouring seeds and epochs get unrelated orders. */
function epochRandom(epoch: number, seed: number): Random {
  const base = createRandom(seed).int(2 ** 32);
  return createRandom((base ^ Math.imul(epoch + 1, 0x9e3779b1)) >>> 0);
}

/** Counting sort; stable, so that reviews of one length stay as shuffled. */
function sortedByLength(
  order: Uint32Array,
  lengths: Int32Array,
  maxlen: number,
): Uint32Array<ArrayBuffer> {
  const next = new Uint32Array(maxlen + 2);
  for (const review of order) next[lengths[review]! + 1]! += 1;
  for (let length = 1; length < next.length; length += 1) next[length]! += next[length - 1]!;
  const sorted = new Uint32Array(order.length);
  for (const review of order) sorted[next[lengths[review]!]!++] = review;
  return sorted;
}

function shuffleBuckets(order: Uint32Array, buckets: number, random: Random): void {
  const edge = (bucket: number) => Math.round((bucket * order.length) / buckets);
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    random.shuffle(order.subarray(edge(bucket), edge(bucket + 1)));
  }
}
