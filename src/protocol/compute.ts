import type { LoadProgress } from '../core/dataset/loader/dataset.ts';
import type { Label, Split } from '../core/dataset/types.ts';
import type { Verdict } from '../core/inspect/verdict.ts';
import type { BackendChoice, EngineReport } from '../core/kernels/choose-backend.ts';
import type { LayerSummary } from '../core/models/build.ts';
import type { RunSettings } from '../core/models/settings.ts';
import type { Sample } from '../core/pipeline.ts';
import type { TrainingEvent } from '../core/training/events.ts';

/** How much of the data has arrived. */
export interface DataProgress extends LoadProgress {
  readonly type: 'data';
  readonly totalReviews: number;
  /** Whether the browser keeps the files for the next visit. */
  readonly kept: boolean;
}

/** What a run works with, sent before its first step. */
export interface RunStarted {
  readonly type: 'started';
  readonly settings: RunSettings;
  readonly engine: EngineReport;
  readonly layers: readonly LayerSummary[];
  readonly trainReviews: number;
  readonly validationReviews: number;
}

/** How a run ended without an error. */
export interface RunResult {
  readonly outcome: 'finished' | 'stopped';
}

export interface SampleReview {
  readonly row: number;
  readonly label: Label;
  readonly text: string;
}

/** Every call that the page can make: what it sends, what it hears meanwhile, what comes back. */
export interface Calls {
  /** Streams the token shards that are still missing. */
  load: { request: Record<never, never>; event: DataProgress; result: { reviews: number } };
  train: {
    request: { settings: RunSettings; trainOn: Sample; backend: BackendChoice };
    event: DataProgress | RunStarted | TrainingEvent;
    result: RunResult;
  };
  /** Tests and times the engines anew, whatever is remembered of them. */
  testEngines: { request: Record<never, never>; event: never; result: EngineReport };
  judge: { request: { text: string }; event: never; result: Verdict };
  /** The text of the n-th review of a split, counted around the end. */
  sample: { request: { split: Split; n: number }; event: never; result: SampleReview };
}

export type CallName = keyof Calls;

/** Page → worker. */
export type Request =
  | {
      [K in CallName]: {
        readonly type: 'call';
        readonly id: number;
        readonly name: K;
        readonly baseUrl: string;
        readonly request: Calls[K]['request'];
      };
    }[CallName]
  | { readonly type: 'control'; readonly id: number; readonly action: 'pause' | 'resume' | 'stop' };

/** An error as it crosses between threads. */
export interface ErrorReport {
  readonly name: string;
  readonly message: string;
}

/** Worker → page. `id` is the call's. */
export type Response =
  | { readonly type: 'event'; readonly id: number; readonly event: Calls[CallName]['event'] }
  | { readonly type: 'result'; readonly id: number; readonly result: Calls[CallName]['result'] }
  | { readonly type: 'error'; readonly id: number; readonly error: ErrorReport };
