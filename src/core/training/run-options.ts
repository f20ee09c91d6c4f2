import type * as tf from '@tensorflow/tfjs';
import type { Batch } from '../dataset/batch/batcher.ts';
import type { Checkpoint } from './checkpoints/checkpoint.ts';
import type { CheckpointStore } from './checkpoints/store.ts';
import type { RunControl } from './run-control.ts';
import type { TrainingSettings } from './settings.ts';

/** Gives the batches of each epoch: a `Batcher` does. */
export interface BatchSource {
  /** Batches in an epoch. */
  readonly size: number;
  /**
   * The batches of an epoch, always the same for the same one.
   *
   * @param from the first of them to give
   */
  epoch(epoch: number, from?: number): Iterable<Batch>;
}

/** Where and how often a run is saved: at the end of each epoch, when it stops, and in between. */
export interface SavingOptions {
  readonly store: CheckpointStore;
  /** The run's name in the store. */
  readonly run: string;
  readonly everySteps?: number;
  /** Default 30, unless `everySteps` is given. */
  readonly everySeconds?: number;
}

export interface RunOptions {
  /** Takes ids, int32 [batch, width], and gives logits, [batch, 1]. The run changes its weights. */
  readonly model: tf.LayersModel;
  readonly settings: TrainingSettings;
  readonly training: BatchSource;
  /** Reviews that no step sees. Without it, epochs are not validated. */
  readonly validation?: BatchSource;
  /** Where to go on. Other settings or batches than the checkpoint's make it a fork. */
  readonly from?: Checkpoint;
  readonly saving?: SavingOptions;
  /** Steps from one copy of the state in the CPU's memory to the next; default 50. Two are kept. */
  readonly snapshotEvery?: number;
  /** To steer the run by; default a new one. */
  readonly control?: RunControl;
  /** Goes into every checkpoint as it is: plain data on what is trained, and on what. */
  readonly about?: unknown;
}
