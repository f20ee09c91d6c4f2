import type { Batch } from '../dataset/batch/batcher.ts';
import type { Speed } from './events.ts';

/** Measures how fast a run is. Only the time within batches counts. */
export class Pace {
  #batches = 0;
  #reviews = 0;
  #tokens = 0;
  #seconds = 0;
  #validation = 0;

  addBatch({ labels, lengths }: Batch, seconds: number): void {
    this.#batches++;
    this.#reviews += labels.length;
    this.#tokens += lengths.reduce((sum, length) => sum + length, 0);
    this.#seconds += seconds;
  }

  /** Starts the next epoch's measure. @param seconds that the validation took */
  endEpoch(seconds: number): void {
    this.#validation = seconds;
    this.#batches = this.#reviews = this.#tokens = this.#seconds = 0;
  }

  /** @param validations still to come */
  speed(batchesLeft: number, validations: number): Speed {
    return {
      reviewsPerSecond: this.#reviews / this.#seconds,
      tokensPerSecond: this.#tokens / this.#seconds,
      secondsLeft: (this.#seconds / this.#batches) * batchesLeft + this.#validation * validations,
    };
  }
}
