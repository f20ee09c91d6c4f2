import type { Evaluation } from '../evaluation/evaluate.ts';
import type { Metrics } from '../evaluation/metrics.ts';
import type { BatchEvent } from '../events.ts';
import type { FlightRecord } from '../recorder/flight-recorder.ts';
import type { Trouble } from '../recorder/trouble.ts';

interface OfModel {
  /** Which of the models. */
  readonly model: string;
  /** Its steps so far. */
  readonly step: number;
}

/** A model has taken a step. The others take the same step on the same reviews. */
export interface RaceStepEvent
  extends
    OfModel,
    Pick<BatchEvent, 'batch' | 'learningRate' | 'gradientNorm' | 'clippedNorm' | 'telemetry'> {
  readonly type: 'step';
  /** Steps that each model is to take. */
  readonly steps: number;
  /** Mean over its last steps. */
  readonly recent: Metrics;
  /** Of its steps so far, those whose gradient was clipped: 0 to 1. */
  readonly clippedShare: number;
  /** That its steps have taken so far, validation left out. */
  readonly seconds: number;
}

/** How a model does on reviews that no step sees. */
export interface RaceValidationEvent extends OfModel, Evaluation {
  readonly type: 'validation';
}

/** A model has diverged and is out of the race. The others go on. */
export interface RaceFailedEvent extends OfModel {
  readonly type: 'failed';
  readonly message: string;
  readonly trouble: Trouble;
  readonly record: FlightRecord;
}

/** A model has taken its last step. */
export interface RaceDoneEvent extends OfModel {
  readonly type: 'done';
}

export type RaceEvent = RaceStepEvent | RaceValidationEvent | RaceFailedEvent | RaceDoneEvent;
