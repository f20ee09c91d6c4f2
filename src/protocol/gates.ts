import type { ClampedGate, Valve } from '../core/inspect/clamp-gate.ts';
import type { AskingProgress, ModelRef } from './inspect.ts';

export type { ClampedGate, Valve } from '../core/inspect/clamp-gate.ts';

export interface GateCalls {
  /** Accuracy on validation reviews with a gate of the first LSTM held at each of some values. */
  clampGate: {
    request: {
      readonly model: ModelRef;
      readonly gate: Valve;
      /** 0 (shut) to 1 (open). */
      readonly values: readonly number[];
    };
    event: AskingProgress;
    result: readonly ClampedGate[];
  };
}
