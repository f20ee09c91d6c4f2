import type { BatchEvent, Metrics, TrainedEpochEvent } from '../../client/index.ts';

/** One point of a curve: x in steps. */
export type Point = readonly [step: number, value: number];

/** A batch is only 32 reviews: the curve shows the mean of about this many. */
const SMOOTHING = 0.9;
/** Rounding alone makes the norms before and after clipping differ by less. */
const CLIPPED = 1 - 1e-6;

interface Lines {
  readonly loss: Point[];
  readonly accuracy: Point[];
  readonly gradientNorm: Point[];
  readonly epochs: TrainedEpochEvent[];
}

/**
 * What a run has told so far. Each event makes a new object around the same growing lines, so that a
 * signal notices the change and nothing is copied.
 */
export class RunLog {
  readonly last: BatchEvent | undefined;
  /** Batches that were told of, and those of them whose gradient was clipped. */
  readonly steps: number;
  readonly clipped: number;
  readonly #lines: Lines;
  readonly #mean: Metrics | undefined;

  private constructor(
    lines: Lines,
    steps: number,
    clipped: number,
    last?: BatchEvent,
    mean?: Metrics,
  ) {
    this.#lines = lines;
    this.steps = steps;
    this.clipped = clipped;
    this.last = last;
    this.#mean = mean;
  }

  /** @param epochs that were done before */
  static begin(epochs: readonly TrainedEpochEvent[] = []): RunLog {
    return new RunLog({ loss: [], accuracy: [], gradientNorm: [], epochs: [...epochs] }, 0, 0);
  }

  /** Smoothed loss of the batches. */
  get loss(): readonly Point[] {
    return this.#lines.loss;
  }

  /** Smoothed accuracy of the batches. */
  get accuracy(): readonly Point[] {
    return this.#lines.accuracy;
  }

  /** Before clipping. */
  get gradientNorm(): readonly Point[] {
    return this.#lines.gradientNorm;
  }

  get epochs(): readonly TrainedEpochEvent[] {
    return this.#lines.epochs;
  }

  /** The best accuracy on held-out reviews. */
  get bestAccuracy(): number | undefined {
    const known = this.epochs.flatMap(({ validation }) => validation?.accuracy ?? []);
    return known.length === 0 ? undefined : Math.max(...known);
  }

  /** Share of the steps whose gradient was clipped. */
  get clippedShare(): number | undefined {
    return this.steps === 0 ? undefined : this.clipped / this.steps;
  }

  with(event: BatchEvent | TrainedEpochEvent): RunLog {
    const { steps, clipped } = this;
    if (event.type === 'epoch') {
      this.#lines.epochs.push(event);
      return new RunLog(this.#lines, steps, clipped, this.last, this.#mean);
    }
    const { step, batch, gradientNorm, clippedNorm } = event;
    const mean = smooth(this.#mean, batch, steps + 1);
    this.#lines.loss.push([step, mean.loss]);
    this.#lines.accuracy.push([step, mean.accuracy]);
    this.#lines.gradientNorm.push([step, gradientNorm]);
    const isClipped = clippedNorm < gradientNorm * CLIPPED;
    return new RunLog(this.#lines, steps + 1, clipped + Number(isClipped), event, mean);
  }

  /** What is left when a run goes back to an earlier step. */
  backTo(step: number): RunLog {
    const until = (points: readonly Point[]): Point[] => points.filter(([x]) => x <= step);
    const lines: Lines = {
      loss: until(this.loss),
      accuracy: until(this.accuracy),
      gradientNorm: until(this.gradientNorm),
      epochs: this.epochs.filter((epoch) => epoch.step <= step),
    };
    return new RunLog(lines, this.steps, this.clipped, this.last, this.#mean);
  }
}

/** Exponential mean that weighs the first few values evenly instead of favouring the very first. */
function smooth(mean: Metrics | undefined, value: Metrics, count: number): Metrics {
  if (!mean) return value;
  const keep = Math.min(SMOOTHING, 1 - 1 / count);
  return {
    loss: keep * mean.loss + (1 - keep) * value.loss,
    accuracy: keep * mean.accuracy + (1 - keep) * value.accuracy,
  };
}
