import type { LayerSummary } from '../core/models/build.ts';
import type { PortableModel } from '../core/models/portable.ts';
import type { ModelSettings } from '../core/models/settings/index.ts';
import type { Sample } from '../core/pipeline/sample.ts';
import type { ThroughTime } from '../core/inspect/through-time.ts';
import type { RaceEvent } from '../core/training/race/events.ts';
import type { TelemetryRequest } from '../core/training/telemetry/telemetry.ts';
import type { IdEncoding, TrainModelRequest } from './cells.ts';
import type { DataProgress } from './data.ts';

/** A model of a race: new, from settings, or made by a cell. */
export type RaceEntry =
  | {
      readonly name: string;
      /** The race decides batch size, seed and length of the run; weights are not averaged. */
      readonly settings: ModelSettings;
    }
  | {
      readonly name: string;
      readonly model: PortableModel;
      readonly encoding: IdEncoding;
      readonly training: Pick<
        TrainModelRequest['training'],
        'optimizer' | 'learningRate' | 'clipnorm'
      >;
    };

/** Several models that train side by side on the same batches. */
export interface RaceRequest {
  /** Each with a name of its own. */
  readonly entries: readonly RaceEntry[];
  readonly sample: Sample;
  /** Steps of each model, over as many epochs as that takes. */
  readonly steps: number;
  readonly batchSize: number;
  /** Of first weights, the order of the reviews and every mask. */
  readonly seed: number;
  /** Steps in the moving mean of loss and accuracy. */
  readonly window: number;
  /** Steps from one look at held-out reviews to the next; 0: one look, at the end. */
  readonly validateEvery: number;
  /** Held-out reviews of a look, at most. */
  readonly validationReviews: number;
  readonly telemetry?: Omit<TelemetryRequest, 'pinned'>;
  /** A text whose way through each network telemetry shows (`activations`). */
  readonly watch?: string;
}

/** A token of the watched text, padding included. */
export interface WatchedToken {
  readonly id: number;
  /** Empty unless it is a word that the model knows. */
  readonly word: string;
}

/** A model at the start. */
export interface RaceStarter {
  readonly name: string;
  readonly layers: readonly LayerSummary[];
  /** The watched text as this model reads it. */
  readonly watched?: readonly WatchedToken[];
}

/** Before the first step. */
export interface RaceStarted {
  readonly type: 'started';
  readonly models: readonly RaceStarter[];
  readonly steps: number;
  readonly backend: string;
  readonly trainReviews: number;
  readonly validationReviews: number;
}

export interface RaceCalls {
  /** How much of the gradient reaches each word of a text in a network that has learnt nothing. */
  throughTime: {
    request: {
      readonly settings: ModelSettings;
      readonly text: string;
      /** Spectral radius that the recurrent kernel is scaled to. */
      readonly radius: number;
    };
    event: DataProgress;
    result: ThroughTime;
  };
  /** Trains several models, a step of each in turn. A model that diverges is out, the others go on. */
  race: {
    request: RaceRequest;
    event: DataProgress | RaceStarted | RaceEvent;
    result: {
      readonly outcome: 'finished' | 'stopped';
      /** Of the models that cells made, by their names. */
      readonly weights: Readonly<Record<string, readonly Float32Array[]>>;
    };
  };
}
