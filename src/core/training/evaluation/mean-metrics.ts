import type { Metrics } from './metrics.ts';

/** Sums over the reviews of an epoch so far. */
export interface MetricSums {
  readonly reviews: number;
  readonly loss: number;
  readonly accuracy: number;
}

/** Means over reviews, not over batches, since the last batch may be smaller. */
export class MeanMetrics {
  #sums: MetricSums;

  constructor(sums: MetricSums = { reviews: 0, loss: 0, accuracy: 0 }) {
    this.#sums = sums;
  }

  get sums(): MetricSums {
    return this.#sums;
  }

  add(metrics: Metrics, reviews: number): void {
    this.#sums = {
      reviews: this.#sums.reviews + reviews,
      loss: this.#sums.loss + metrics.loss * reviews,
      accuracy: this.#sums.accuracy + metrics.accuracy * reviews,
    };
  }

  mean(): Metrics {
    const { reviews, loss, accuracy } = this.#sums;
    return { loss: loss / reviews, accuracy: accuracy / reviews };
  }
}
