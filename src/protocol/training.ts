import type { BackendChoice, EngineReport } from '../core/kernels/choose-backend.ts';
import type { LayerSummary } from '../core/models/build.ts';
import type { ModelSettings } from '../core/models/settings/index.ts';
import type { Sample } from '../core/pipeline/sample.ts';
import type { SavedRun, StoreRoom } from '../core/training/checkpoints/store.ts';
import type { RunEvent, TrainedEpochEvent } from '../core/training/events.ts';
import type { FlightRecord } from '../core/training/recorder/flight-recorder.ts';
import type { Trouble } from '../core/training/recorder/trouble.ts';
import type { DataProgress } from './data.ts';

/** Where a run starts from, other than from new weights. */
export type RunSource =
  /** A checkpoint of the store: it brings its settings and reviews, and those asked for are passed over. */
  | { readonly kind: 'saved'; readonly run: string }
  /** The last good step of the run that diverged, with the settings that are asked for. */
  | { readonly kind: 'lastGood' };

export interface TrainRequest {
  readonly settings: ModelSettings;
  readonly trainOn: Sample;
  readonly backend: BackendChoice;
  /** Its name in the store of checkpoints. */
  readonly run: string;
  readonly from?: RunSource;
}

/** What a run works with, sent before its first step. */
export interface RunStarted {
  readonly type: 'started';
  readonly run: string;
  readonly settings: ModelSettings;
  readonly trainOn: Sample;
  readonly engine: EngineReport;
  readonly layers: readonly LayerSummary[];
  readonly trainReviews: number;
  readonly validationReviews: number;
  /** Steps that were done before: by the run itself, or by the one that it goes on from. */
  readonly fromStep: number;
  /** Epochs that were done before. */
  readonly epochs: readonly TrainedEpochEvent[];
}

/** The GPU was lost, and the run goes on elsewhere from its last good weights. */
export interface EngineChanged {
  readonly type: 'engine';
  readonly engine: EngineReport;
  readonly fromStep: number;
  /** What happened, in a sentence. */
  readonly note: string;
}

/** First weights are being learnt, before the run itself. */
export interface Preparing {
  readonly type: 'preparing';
  /** From 0 to 1. */
  readonly share: number;
}

export type TrainEvent = DataProgress | Preparing | RunStarted | EngineChanged | RunEvent;

/** How a run ended without an error. */
export interface RunResult {
  readonly outcome: 'finished' | 'stopped';
}

/** How a run diverged. */
export interface Divergence {
  readonly trouble: Trouble;
  readonly record: FlightRecord;
  /** Where a replay would begin; undefined if nothing good is left. */
  readonly lastGoodStep: number | undefined;
}

/** Runs that can go on, and the room that their checkpoints take. */
export interface SavedRuns {
  readonly runs: readonly SavedRun[];
  readonly room: StoreRoom;
}
