import type { Metrics } from '../evaluation/metrics.ts';
import type { Evaluation } from '../evaluation/evaluate.ts';
import type { Monitor } from '../settings.ts';

/** What an epoch came to. */
export interface EpochFigures {
  readonly training: Metrics;
  readonly validation?: Evaluation;
}

/** The figure that a callback watches; NaN if there is none. */
export function figureOf(monitor: Monitor, { training, validation }: EpochFigures): number {
  switch (monitor) {
    case 'loss':
      return training.loss;
    case 'accuracy':
      return training.accuracy;
    case 'valLoss':
      return validation?.loss ?? Number.NaN;
    case 'valAccuracy':
      return validation?.accuracy ?? Number.NaN;
    case 'valAuc':
      return validation?.auc ?? Number.NaN;
  }
}

/** Whether a figure is better than the best so far by more than `minDelta`. NaN never is. */
export function improves(
  monitor: Monitor,
  figure: number,
  best: number | undefined,
  minDelta: number,
): boolean {
  if (best === undefined) return !Number.isNaN(figure);
  const lower = monitor === 'loss' || monitor === 'valLoss';
  return lower ? figure < best - minDelta : figure > best + minDelta;
}
