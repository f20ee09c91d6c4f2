import type { SavedRun } from './checkpoints/store.ts';
import type { Evaluation } from './evaluation/evaluate.ts';
import type { Metrics } from './evaluation/metrics.ts';
import type { Telemetry } from './telemetry/telemetry.ts';

export type { Metrics };

/** How fast a run is, over the batches of this epoch so far. Time spent paused is left out. */
export interface Speed {
  readonly reviewsPerSecond: number;
  /** Padding is no token. */
  readonly tokensPerSecond: number;
  /** To the end of the run, validation included as far as its time is known. */
  readonly secondsLeft: number;
}

/** What TensorFlow.js holds, between two steps. */
export interface Memory {
  readonly tensors: number;
  readonly bytes: number;
}

/** After each batch. */
export interface BatchEvent extends Speed {
  readonly type: 'batch';
  /** From 0. */
  readonly epoch: number;
  /** Batches finished since the run began. */
  readonly step: number;
  /** Batches in the whole run. */
  readonly steps: number;
  /** Of this batch alone, before its update. */
  readonly batch: Metrics;
  readonly learningRate: number;
  /** Of all gradients together, before clipping and after. */
  readonly gradientNorm: number;
  readonly clippedNorm: number;
  readonly backend: string;
  /** Kernels started for loss and gradients. */
  readonly kernels: number;
  readonly memory: Memory;
  /** On the steps that were asked for. */
  readonly telemetry?: Telemetry;
}

/** After each epoch, once the validation reviews have been read, if there are any. */
export interface TrainedEpochEvent {
  readonly type: 'epoch';
  readonly epoch: number;
  readonly step: number;
  /** Mean over the epoch's batches, each before its update. */
  readonly training: Metrics;
  /** On reviews that no step has seen; the loss includes penalties. */
  readonly validation?: Evaluation;
  /** Of the epoch's last step. */
  readonly learningRate: number;
  /** Whether early stopping found this epoch the best so far. */
  readonly best?: boolean;
}

/** A checkpoint is safe in the store. */
export interface SavedEvent extends SavedRun {
  readonly type: 'saved';
}

/** A checkpoint is not in the store, and training goes on without it. */
export interface UnsavedEvent {
  readonly type: 'unsaved';
  readonly step: number;
  readonly error: { readonly name: string; readonly message: string };
}

/** The last event of a run that was neither stopped nor failed. */
export interface EndEvent {
  readonly type: 'end';
  readonly step: number;
  /** `patience`: early stopping had enough. */
  readonly reason: 'epochs' | 'patience';
  /** The epoch whose weights the model has, if they were restored. */
  readonly restoredEpoch?: number;
}

export type RunEvent = BatchEvent | TrainedEpochEvent | SavedEvent | UnsavedEvent | EndEvent;
