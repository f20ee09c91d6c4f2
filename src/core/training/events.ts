/** Mean loss (binary cross-entropy, nats) and share of right verdicts, 0 to 1. */
export interface Metrics {
  readonly loss: number;
  readonly accuracy: number;
}

/** After each batch. */
export interface BatchEvent {
  readonly type: 'batch';
  /** From 0. */
  readonly epoch: number;
  /** Batches finished since the run began. */
  readonly step: number;
  /** Batches in the whole run. */
  readonly steps: number;
  /** Of this batch alone, before its update. */
  readonly batch: Metrics;
  /** Reviews a second, over the batches of this epoch so far; time spent paused is left out. */
  readonly reviewsPerSecond: number;
}

/** After each epoch, once the validation reviews have been read. */
export interface EpochEvent {
  readonly type: 'epoch';
  readonly epoch: number;
  readonly step: number;
  /** Mean over the epoch's batches, each before its update. */
  readonly training: Metrics;
  /** On reviews that no step has seen. */
  readonly validation: Metrics;
}

export type TrainingEvent = BatchEvent | EpochEvent;

/** The loss left the range of numbers: further steps would only spread it. */
export class DivergedError extends Error {
  override readonly name = 'DivergedError';
  readonly step: number;

  constructor(step: number, loss: number) {
    super(
      `The loss became ${loss} at step ${step}. Training has stopped; a lower learning rate usually cures it.`,
    );
    this.step = step;
  }
}
