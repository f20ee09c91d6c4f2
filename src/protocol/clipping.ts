import type { AnatomyRequest, StepAnatomy } from '../core/inspect/step-anatomy.ts';
import type { ModelSettings } from '../core/models/settings/index.ts';
import type { Sample } from '../core/pipeline/sample.ts';
import type { DataProgress } from './data.ts';

export type { Landing, StepAnatomy } from '../core/inspect/step-anatomy.ts';

/** What to find out about a step. */
export type AnatomyLook = Omit<AnatomyRequest, 'learningRate'>;

/** Which step to take apart. */
export interface DissectRequest extends AnatomyLook {
  /** Trained by SGD without momentum: its steps go straight against the gradient. */
  readonly settings: ModelSettings;
  readonly trainOn: Sample;
  /** From 1. */
  readonly step: number;
}

export interface ClippingCalls {
  /** Trains a new model up to a step, and takes that one apart. The model leaves then. */
  dissectStep: { request: DissectRequest; event: DataProgress; result: StepAnatomy };
}
