import type { EngineReport } from '../../../src/core/kernels/choose-backend.ts';
import { fallBack } from '../../../src/core/kernels/fallback.ts';
import type { ReadBuild } from '../../../src/core/kernels/simd/module.ts';
import { BackendFailedError } from '../../../src/core/training/errors.ts';
import { tinyRun } from './tiny-run.ts';

const STEPS = 6;

/** What became of a run whose backend failed in its middle. */
export interface FallBackRun {
  /** By step, those after the failure from the other backend. */
  readonly losses: readonly number[];
  readonly failure: string;
  readonly engine: EngineReport;
}

/** Loss by loss of a run on the current backend. */
export async function plainRun(): Promise<number[]> {
  const { run, model } = tinyRun(STEPS);
  const losses: number[] = [];
  for await (const event of run.start()) if (event.type === 'batch') losses.push(event.batch.loss);
  model.dispose();
  return losses;
}

/** The same run; in its middle `breakBackend` does what its name says. */
export async function brokenRun(
  breakBackend: () => unknown,
  readSimd?: ReadBuild,
): Promise<FallBackRun> {
  const { run, model } = tinyRun(STEPS);
  const losses: number[] = [];
  try {
    for await (const event of run.start()) {
      if (event.type !== 'batch') continue;
      losses.push(event.batch.loss);
      if (event.step === STEPS / 2) await breakBackend();
    }
    throw new Error('Nothing failed');
  } catch (error) {
    if (!(error instanceof BackendFailedError)) throw error;
    const { cause, checkpoint } = error;
    // What came after the last good step, came too late to be true.
    losses.length = checkpoint.position.step;
    let engine: EngineReport | undefined;
    const next = await run.continueOn(async () => (engine = await fallBack(cause, readSimd)));
    for await (const event of next.start()) {
      if (event.type === 'batch') losses.push(event.batch.loss);
    }
    model.dispose();
    return { losses, failure: `${cause.name}: ${cause.message}`, engine: engine! };
  }
}
