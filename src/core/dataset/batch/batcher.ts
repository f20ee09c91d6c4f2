import type { Vocabulary } from '../../text/vocabulary.ts';
import { RowEncoder } from './encoder.ts';
import type { SequenceOptions } from './encoder.ts';
import { checkPlanOptions, planEpoch } from './plan.ts';
import { reviewsPerEpoch } from './balance.ts';
import type { BatchPlan, PlanOptions } from './plan.ts';
import type { TokenTable } from '../types.ts';

/** What is asked of the batches: the encoding, the order and the grouping. */
export interface BatchOptions extends SequenceOptions, PlanOptions {}

/** Reviews ready for a network. Every array is the receiver's own and may be transferred. */
export interface Batch {
  /** Shape [batch, width], row-major. */
  readonly ids: Int32Array<ArrayBuffer>;
  /** `width` is `maxlen`, or less with `buckets`. */
  readonly shape: readonly [batch: number, width: number];
  /** Cells of each row that are no padding. Shape [batch]. */
  readonly lengths: Int32Array<ArrayBuffer>;
  /** 0 negative, 1 positive. Shape [batch]. */
  readonly labels: Float32Array<ArrayBuffer>;
  /** Index of each review in the source. Shape [batch]. */
  readonly rows: Uint32Array<ArrayBuffer>;
}

/** Makes the batches of a table of reviews, epoch by epoch. */
export class Batcher {
  /** Ids kept of each review. Shape [n]. */
  readonly lengths: Int32Array;
  /** Ids that truncation cuts off each review. Shape [n]. */
  readonly cut: Int32Array;
  readonly #table: TokenTable;
  readonly #encoder: RowEncoder;
  readonly #options: BatchOptions;

  /**
   * @param table what is trained on; reviews that are loaded later are not taken in.
   * @throws RangeError or TypeError naming the option that is out of range.
   */
  constructor(table: TokenTable, vocabulary: Pick<Vocabulary, 'size'>, options: BatchOptions) {
    checkPlanOptions(options);
    this.#table = table;
    this.#options = options;
    this.#encoder = new RowEncoder(table, vocabulary, options);
    this.lengths = this.#encoder.lengths;
    this.cut = this.#encoder.cut;
  }

  /** Batches in an epoch. */
  get size(): number {
    return Math.ceil(reviewsPerEpoch(this.#table.labels, this.#options) / this.#options.batchSize);
  }

  /**
   * The order and grouping of one epoch, without the ids.
   *
   * @throws RangeError unless `epoch` is a non-negative integer.
   */
  plan(epoch: number): BatchPlan {
    return planEpoch(this.lengths, this.#table.labels, this.#options, epoch);
  }

  /**
   * The batches of one epoch. Every review comes exactly once, or more often where `balance` repeats
   * those of the smaller class; each batch is encoded when it is asked for. Unshuffled, every epoch is
   * the same.
   *
   * @param epoch 0-based.
   * @param from the first batch to give, for a run that goes on in mid-epoch.
   * @throws RangeError unless `epoch` is a non-negative integer.
   */
  epoch(epoch: number, from = 0): Generator<Batch, void, undefined> {
    return this.#run(this.plan(epoch), from);
  }

  *#run(
    { order, starts, ends, widths }: BatchPlan,
    from: number,
  ): Generator<Batch, void, undefined> {
    for (let batch = from; batch < starts.length; batch += 1) {
      yield this.#encode(order.subarray(starts[batch], ends[batch]), widths[batch]!);
    }
  }

  #encode(reviews: Uint32Array, width: number): Batch {
    const n = reviews.length;
    const { padId } = this.#encoder;
    const ids = new Int32Array(n * width);
    if (padId !== 0) ids.fill(padId);
    const lengths = new Int32Array(n);
    const labels = new Float32Array(n);
    const rows = new Uint32Array(n);
    for (let i = 0; i < n; i += 1) {
      const review = reviews[i]!;
      this.#encoder.write(review, ids, i * width, width);
      lengths[i] = this.lengths[review]!;
      labels[i] = this.#table.labels[review]!;
      rows[i] = this.#table.rows[review]!;
    }
    return { ids, shape: [n, width], lengths, labels, rows };
  }
}
