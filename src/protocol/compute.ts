import type { Split } from '../core/dataset/types.ts';
import type { WordVerdict } from '../core/inspect/along.ts';
import type { Verdict } from '../core/inspect/verdict.ts';
import type { BackendChoice, EngineReport } from '../core/kernels/choose-backend.ts';
import type { StoredModel } from '../core/models/archive/model-store.ts';
import type { Memory } from '../core/training/events.ts';
import type { TelemetryRequest } from '../core/training/telemetry/telemetry.ts';
import type { DataProgress, ReadingProgress, SampleReview, TestReading } from './data.ts';
import type { CellCalls } from './cells.ts';
import type { ClippingCalls } from './clipping.ts';
import type { GateCalls } from './gates.ts';
import type { InspectCalls } from './inspect.ts';
import type { RaceCalls } from './race.ts';
import type { Divergence, RunResult, SavedRuns, TrainEvent, TrainRequest } from './training.ts';

export type * from './cells.ts';
export type * from './clipping.ts';
export type * from './data.ts';
export type * from './gates.ts';
export type * from './inspect.ts';
export type * from './race.ts';
export type * from './training.ts';

type Nothing = Record<never, never>;

export interface EngineRequest {
  readonly choice?: BackendChoice;
  /** Tests and times every engine anew, whatever is remembered of them. */
  readonly retest?: boolean;
}

/** The engine that runs, and what it holds. */
export interface EngineState {
  readonly report: EngineReport;
  readonly memory: Memory;
}

/** Every call that the page can make: what it sends, what it hears meanwhile, what comes back. */
export interface Calls extends CellCalls, ClippingCalls, GateCalls, InspectCalls, RaceCalls {
  /** Streams the token shards that are still missing. */
  load: { request: Nothing; event: DataProgress; result: { reviews: number } };
  train: { request: TrainRequest; event: TrainEvent; result: RunResult };
  /** The engine as it is, started if there is none; with a choice, that one. */
  engine: { request: EngineRequest; event: never; result: EngineState };
  /** Runs in the store of checkpoints. */
  savedRuns: { request: Nothing; event: never; result: SavedRuns };
  removeRuns: { request: { runs: readonly string[] }; event: never; result: SavedRuns };

  judge: { request: { text: string }; event: never; result: Verdict };
  /** The verdict after each word. */
  judgeAlong: { request: { text: string }; event: never; result: readonly WordVerdict[] };
  /** The text of the n-th review of a split, counted around the end. */
  sample: { request: { split: Split; n: number }; event: never; result: SampleReview };
  /** The text of a row of the source. */
  review: { request: { row: number }; event: never; result: { text: string } };
  /** Reads the test reviews of the run's sample with the model as it is. */
  readTest: { request: Nothing; event: DataProgress | ReadingProgress; result: TestReading };

  /** The model as a zip. */
  packModel: { request: Nothing; event: never; result: { zip: Uint8Array } };
  /** Takes a model from such a zip: it is the one that is asked from then on. */
  openModel: { request: { zip: Uint8Array }; event: never; result: { words: number } };
  /** Models that the browser keeps. */
  keptModels: { request: Nothing; event: never; result: readonly StoredModel[] };
  keepModel: { request: { name: string }; event: never; result: readonly StoredModel[] };
  openKept: { request: { name: string }; event: never; result: { words: number } };
  removeKept: { request: { name: string }; event: never; result: readonly StoredModel[] };
}

export type CallName = keyof Calls;

export type Call<K extends CallName = CallName> = {
  [N in K]: {
    readonly type: 'call';
    readonly id: number;
    readonly name: N;
    readonly baseUrl: string;
    readonly request: Calls[N]['request'];
  };
}[K];

export type Action = 'pause' | 'resume' | 'step' | 'stop';

/** Page → worker. */
export type Request =
  | Call
  | { readonly type: 'control'; readonly id: number; readonly action: Action }
  /** Looks inside a run from its next step on, or stops looking. */
  | {
      readonly type: 'observe';
      readonly id: number;
      readonly telemetry: TelemetryRequest | undefined;
    };

/** An error as it crosses between threads. */
export interface ErrorReport {
  readonly name: string;
  readonly message: string;
  readonly divergence?: Divergence;
}

/** Worker → page. `id` is the call's. */
export type Response =
  | { readonly type: 'event'; readonly id: number; readonly event: Calls[CallName]['event'] }
  | { readonly type: 'result'; readonly id: number; readonly result: Calls[CallName]['result'] }
  | { readonly type: 'error'; readonly id: number; readonly error: ErrorReport };
