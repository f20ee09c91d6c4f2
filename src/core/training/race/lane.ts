import { DivergedError } from '../errors.ts';
import type { Evaluation } from '../evaluation/evaluate.ts';
import type { Metrics } from '../evaluation/metrics.ts';
import type { BatchEvent, RunEvent } from '../events.ts';
import type { Run } from '../run.ts';
import type { PinnedReviews, TelemetryRequest } from '../telemetry/telemetry.ts';
import type { RaceEvent } from './events.ts';

/** A model that takes part. */
export interface Racer {
  readonly name: string;
  /** Not started yet. */
  readonly run: Run;
  /** How the model does now on reviews that no step sees. */
  readonly validate?: () => Promise<Evaluation | undefined>;
  /** A review, as this model reads it, whose way through the network telemetry shows. */
  readonly pinned?: PinnedReviews;
}

/** Rounding alone makes the norms before and after clipping differ by less. */
const CLIPPED = 1 - 1e-6;

/** One model on its way through a race. */
export class Lane {
  readonly #racer: Racer;
  readonly #window: number;
  readonly #events: AsyncGenerator<RunEvent, void, undefined>;
  readonly #recent: Metrics[] = [];
  #step = 0;
  #clipped = 0;
  #seconds = 0;
  #over = false;

  /** @param window steps in the mean that `recent` is */
  constructor(racer: Racer, window: number) {
    this.#racer = racer;
    this.#window = window;
    this.#events = racer.run.start();
  }

  /** Whether it takes no more steps. */
  get over(): boolean {
    return this.#over;
  }

  observe(telemetry: TelemetryRequest | undefined): void {
    const { run, pinned } = this.#racer;
    run.observe(telemetry && pinned ? { ...telemetry, pinned } : telemetry);
  }

  /** Takes a step. */
  async step(steps: number): Promise<RaceEvent> {
    const { name: model } = this.#racer;
    const started = performance.now();
    try {
      const event = await this.#nextBatch();
      this.#seconds += (performance.now() - started) / 1000;
      if (!event) return this.finish();
      const { step, batch, learningRate, gradientNorm, clippedNorm, telemetry } = event;
      this.#step = step;
      this.#clipped += Number(clippedNorm < gradientNorm * CLIPPED);
      this.#recent.push(batch);
      if (this.#recent.length > this.#window) this.#recent.shift();
      return {
        type: 'step',
        model,
        step,
        steps,
        batch,
        recent: meanOf(this.#recent),
        learningRate,
        gradientNorm,
        clippedNorm,
        clippedShare: this.#clipped / step,
        seconds: this.#seconds,
        ...(telemetry ? { telemetry } : {}),
      };
    } catch (error) {
      if (!(error instanceof DivergedError)) throw error;
      this.#over = true;
      const { message, trouble, record } = error;
      return { type: 'failed', model, step: this.#step + 1, message, trouble, record };
    }
  }

  async validate(): Promise<RaceEvent | undefined> {
    const evaluation = await this.#racer.validate?.();
    const { name: model } = this.#racer;
    return evaluation && { type: 'validation', model, step: this.#step, ...evaluation };
  }

  finish(): RaceEvent {
    this.#over = true;
    return { type: 'done', model: this.#racer.name, step: this.#step };
  }

  /** Frees what the run holds. The model stays. */
  async close(): Promise<void> {
    await this.#events.return();
  }

  async #nextBatch(): Promise<BatchEvent | undefined> {
    for (;;) {
      const { done, value } = await this.#events.next();
      if (done) return undefined;
      if (value.type === 'batch') return value;
    }
  }
}

function meanOf(metrics: readonly Metrics[]): Metrics {
  const mean = (of: (metric: Metrics) => number): number =>
    metrics.reduce((sum, metric) => sum + of(metric), 0) / metrics.length;
  return { loss: mean(({ loss }) => loss), accuracy: mean(({ accuracy }) => accuracy) };
}
