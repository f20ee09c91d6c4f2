import type { BatchEvent, EpochEvent, Metrics, TrainingEvent } from '../../client/index.ts';

/** One point of a curve: x in steps. */
export type Point = readonly [step: number, value: number];

/** A batch is only 32 reviews: the curve shows the mean of about this many. */
const SMOOTHING = 0.9;

interface Log {
  readonly loss: Point[];
  readonly accuracy: Point[];
  readonly epochs: EpochEvent[];
}

/**
 * What a run has told so far. Each event makes a new object around the same growing log, so that a
 * signal notices the change and nothing is copied.
 */
export class RunHistory {
  readonly last: BatchEvent | undefined;
  readonly #log: Log;
  readonly #mean: Metrics | undefined;

  constructor(
    log: Log = { loss: [], accuracy: [], epochs: [] },
    last?: BatchEvent,
    mean?: Metrics,
  ) {
    this.#log = log;
    this.last = last;
    this.#mean = mean;
  }

  /** Smoothed loss of the batches. */
  get loss(): readonly Point[] {
    return this.#log.loss;
  }

  /** Smoothed accuracy of the batches. */
  get accuracy(): readonly Point[] {
    return this.#log.accuracy;
  }

  get epochs(): readonly EpochEvent[] {
    return this.#log.epochs;
  }

  with(event: TrainingEvent): RunHistory {
    if (event.type === 'epoch') {
      this.#log.epochs.push(event);
      return new RunHistory(this.#log, this.last, this.#mean);
    }
    const mean = smooth(this.#mean, event.batch, event.step);
    this.#log.loss.push([event.step, mean.loss]);
    this.#log.accuracy.push([event.step, mean.accuracy]);
    return new RunHistory(this.#log, event, mean);
  }
}

/** Exponential mean that weighs the first few values evenly instead of favouring the very first. */
function smooth(mean: Metrics | undefined, value: Metrics, step: number): Metrics {
  if (!mean) return value;
  const keep = Math.min(SMOOTHING, 1 - 1 / step);
  return {
    loss: keep * mean.loss + (1 - keep) * value.loss,
    accuracy: keep * mean.accuracy + (1 - keep) * value.accuracy,
  };
}
