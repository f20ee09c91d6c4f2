/** What one step was. */
export interface StepRecord {
  /** From 1. */
  readonly step: number;
  readonly epoch: number;
  /** In its epoch, from 0. */
  readonly batch: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly learningRate: number;
  /** Of each variable's gradient, before clipping. */
  readonly gradientNorms: readonly number[];
  /** Of all gradients together, after clipping. */
  readonly clippedNorm: number;
  readonly clipped: boolean;
  /** Rows of the reviews in the source. */
  readonly rows: Uint32Array;
}

/** The last steps of a run. */
export interface FlightRecord {
  /** Names behind the gradients' norms. */
  readonly variables: readonly string[];
  /** Oldest first. The last one may have stopped the run. */
  readonly steps: readonly StepRecord[];
}

/** Steps that are remembered. */
export const RECORDED_STEPS = 50;

/** Remembers the last steps, for when a run goes wrong. */
export class FlightRecorder {
  readonly #variables: readonly string[];
  readonly #steps: StepRecord[] = [];

  constructor(variables: readonly string[]) {
    this.#variables = variables;
  }

  add(step: StepRecord): void {
    this.#steps.push(step);
    if (this.#steps.length > RECORDED_STEPS) this.#steps.shift();
  }

  get record(): FlightRecord {
    return { variables: this.#variables, steps: [...this.#steps] };
  }
}
