import type { Metrics, RunEvent } from '../../client/index.ts';

/** One point of a run's history. */
export interface HistoryPoint extends Metrics {
  /** Batches done, from 1. */
  readonly step: number;
}

/** How a training stands. Each value of the iterator that `train` returns is a new one. */
export class Progress {
  readonly state: 'loading' | 'training' | 'finished' | 'stopped' = 'loading';
  /** Batches done, and in the whole run. */
  readonly step: number = 0;
  readonly steps: number = 0;
  /** From 0. */
  readonly epoch: number = 0;
  /** Binary cross-entropy of the newest batch, nats. */
  readonly loss: number | undefined = undefined;
  /** Share of right verdicts in the newest batch, 0 to 1. */
  readonly accuracy: number | undefined = undefined;
  /** Of the last epoch's end, on reviews that no step has seen. */
  readonly validation: Metrics | undefined = undefined;
  /** Every batch so far. */
  readonly history: readonly HistoryPoint[] = [];

  /** This progress with some fields changed. */
  with(change: Partial<Progress>): Progress {
    return Object.assign(new Progress(), this, change);
  }

  /** This progress after an event of the worker's. */
  after(event: RunEvent): Progress {
    if (event.type === 'epoch') return this.with({ validation: event.validation });
    if (event.type !== 'batch') return this;
    const { step, steps, epoch, batch } = event;
    const { loss, accuracy } = batch;
    const history = [...this.history, { step, loss, accuracy }];
    return this.with({ state: 'training', step, steps, epoch, loss, accuracy, history });
  }
}

export function isProgress(value: unknown): value is Progress {
  return value instanceof Progress;
}
