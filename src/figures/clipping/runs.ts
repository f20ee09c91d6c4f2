import { requestFor } from '../../components/training/race-figure.ts';
import type { RaceFigure } from '../../components/training/race-figure.ts';
import type { Dataset } from '../../core/dataset/loader/dataset.ts';
import type { ModelSettings } from '../../core/models/settings/index.ts';
import { Pipeline } from '../../core/pipeline.ts';
import { dissectStepOf } from '../../core/pipeline/dissect-step.ts';
import { DivergedError } from '../../core/training/errors.ts';
import type { BatchEvent } from '../../core/training/events.ts';
import type { AnatomyLook, StepAnatomy } from '../../protocol/clipping.ts';

/** A run of some steps with a look into each, and how it failed if it did. */
export interface ShortRun {
  readonly steps: readonly BatchEvent[];
  readonly failure: DivergedError | undefined;
}

/** Trains a new model for some steps on the starter reviews. */
export async function shortRun(
  dataset: Dataset,
  settings: ModelSettings,
  count: number,
): Promise<ShortRun> {
  const pipeline = new Pipeline(dataset, settings, 'starter');
  const steps: BatchEvent[] = [];
  const run = pipeline.sprint(count);
  run.observe({ every: 1 });
  try {
    for await (const event of run.start()) if (event.type === 'batch') steps.push(event);
    return { steps, failure: undefined };
  } catch (error) {
    if (!(error instanceof DivergedError)) throw error;
    return { steps, failure: error };
  } finally {
    pipeline.dispose();
  }
}

/** How a model of a figure's race comes out. */
export interface Outcome {
  readonly name: string;
  /** Step at which it failed; undefined if it did not. */
  readonly failedAt: number | undefined;
  /** Of its steps, those that were clipped: 0 to 1. */
  readonly clippedShare: number;
  /** Largest angle between a gradient and its clipped one, in degrees. */
  readonly bent: number;
  readonly longest: number;
  /** Mean loss of the last steps, as many as the figure's window. */
  readonly loss: number;
}

/** Runs each model of a race by itself: the same steps as side by side. */
export async function outcomesOf(dataset: Dataset, figure: RaceFigure): Promise<Outcome[]> {
  const { entries, steps, seed, batchSize, window } = requestFor(figure);
  const outcomes: Outcome[] = [];
  for (const entry of entries) {
    if (!('settings' in entry)) continue;
    const training = { ...entry.settings.training, seed, batchSize };
    const run = await shortRun(dataset, { ...entry.settings, training }, steps);
    const last = run.steps.slice(-window).map(({ batch }) => batch.loss);
    outcomes.push({
      name: entry.name,
      failedAt: run.failure && run.steps.length + 1,
      clippedShare: run.steps.at(-1)!.telemetry!.clippedShare,
      bent: (Math.max(...run.steps.map(({ telemetry }) => telemetry!.angle)) * 180) / Math.PI,
      longest: Math.max(...run.steps.map(({ gradientNorm }) => gradientNorm)),
      loss: last.reduce((sum, loss) => sum + loss, 0) / last.length,
    });
  }
  return outcomes;
}

/** A step of a run on the starter reviews, taken apart. */
export async function dissect(
  dataset: Dataset,
  settings: ModelSettings,
  step: number,
  look: AnatomyLook,
): Promise<StepAnatomy> {
  const pipeline = new Pipeline(dataset, settings, 'starter');
  try {
    return (await dissectStepOf(pipeline, step, look))!;
  } finally {
    pipeline.dispose();
  }
}
