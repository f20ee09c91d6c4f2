import type { EarlyStoppingState } from '../callbacks/early-stopping.ts';
import type { PlateauState } from '../callbacks/reduce-on-plateau.ts';
import type { MetricSums } from '../evaluation/mean-metrics.ts';
import type { OptimizerState } from '../optimizers/optimizer.ts';
import type { TrainingSettings } from '../settings.ts';
import type { SavedTensor } from './saved-tensor.ts';

/** Where a run stands. */
export interface Position {
  /** The epoch under way, from 0; after the last one, their number. */
  readonly epoch: number;
  /** Batches of that epoch that are done. If all are, its validation is not. */
  readonly batch: number;
  /** Batches done since the run began. */
  readonly step: number;
}

/**
 * Everything that a run needs to go on as if it had never stopped: bit for bit on the same backend,
 * given the same model and batches. What is random follows from the seeds and the position.
 */
export interface Checkpoint {
  readonly settings: TrainingSettings;
  readonly position: Position;
  /** Of the epoch under way. */
  readonly sums: MetricSums;
  /** Steps so far whose gradient was clipped. */
  readonly clippedSteps: number;
  /** All weights of the model, in its order. */
  readonly weights: readonly SavedTensor[];
  readonly optimizer: OptimizerState;
  readonly earlyStopping?: EarlyStoppingState;
  readonly reduceOnPlateau?: PlateauState;
  /** All weights at the end of the best epoch, if they are to be restored. */
  readonly best?: readonly SavedTensor[];
  /** Of the trainable weights. */
  readonly average?: readonly SavedTensor[];
  /** What the caller adds, as plain data: what model, which reviews. */
  readonly about?: unknown;
}
