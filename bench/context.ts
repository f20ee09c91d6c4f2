import type { BenchBrowser, BenchWorker } from './browser/browser.ts';
import { REVIEW_STEP } from '../src/core/benchmark/shape.ts';
import type { StepPlan } from '../src/core/benchmark/timed-step.ts';
import type { Entry } from './interleave.ts';
import type { Reviews } from './reviews.ts';
import type { Torch } from './torch.ts';

/** What the parts of the benchmark work with. */
export interface Context {
  readonly browser: BenchBrowser;
  readonly reviews: Reviews;
  readonly torch: Torch | undefined;
  readonly cores: number;
}

/** What of a step differs from the usual one. */
interface StepOptions extends Omit<StepPlan, 'shape'> {
  readonly steps?: number | undefined;
  readonly units?: number;
}

/** A step in a worker of the browser, as an entry. One with a limit has no run to warm up. */
export function stepEntry(
  worker: BenchWorker,
  reviews: Reviews,
  what: string,
  { steps = REVIEW_STEP.steps, units = REVIEW_STEP.units, ...rest }: StepOptions,
  { every = 1, limitMs }: { every?: number; limitMs?: number } = {},
): Entry {
  const plan = { ...rest, shape: { ...REVIEW_STEP, steps, units } };
  const question = { plan, batch: reviews.first(steps), cold: limitMs !== undefined };
  return { what, steps, every, time: () => worker.ask('step', question, limitMs) };
}
