import type { BenchBrowser, BenchWorker } from './browser/browser.ts';
import { REVIEW_STEP } from '../src/core/benchmark/shape.ts';
import type { StepShape } from '../src/core/benchmark/shape.ts';
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

/** A step in a worker of the browser, as an entry. One with a limit has no run to warm up. */
export function stepEntry(
  worker: BenchWorker,
  reviews: Reviews,
  what: string,
  { shape = {}, ...plan }: Omit<StepPlan, 'shape'> & { shape?: Partial<StepShape> },
  { every = 1, limitMs }: { every?: number; limitMs?: number } = {},
): Entry {
  const full = { ...REVIEW_STEP, ...shape };
  const question = {
    plan: { ...plan, shape: full },
    batch: reviews.first(full.steps),
    cold: limitMs !== undefined,
  };
  return { what, steps: full.steps, every, time: () => worker.ask('step', question, limitMs) };
}
