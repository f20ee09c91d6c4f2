import type { EngineReport } from '../../../src/core/kernels/choose-backend.ts';
import { backendFailure } from '../../../src/core/kernels/failure.ts';
import { fallBack, saveVariables } from '../../../src/core/kernels/fallback.ts';
import type { SavedVariable } from '../../../src/core/kernels/fallback.ts';
import type { ReadBuild } from '../../../src/core/kernels/simd/module.ts';
import { trainStep } from '../../../src/core/training/step.ts';
import { plainDescent, tinyBatch, tinyModel } from './tiny-model.ts';

const STEPS = 6;

/** What became of a run whose backend failed in its middle. */
export interface FallBackRun {
  /** Losses of the steps, those of the failed one not among them. */
  readonly losses: readonly number[];
  readonly failure: string;
  readonly engine: EngineReport;
}

const isBreaking = (step: number): boolean => step === STEPS / 2;

/** Loss by loss of a run on the current backend. */
export async function plainRun(): Promise<number[]> {
  const { step, dispose } = makeRun();
  const losses: number[] = [];
  for (let i = 0; i < STEPS; i++) losses.push(await step(i));
  dispose();
  return losses;
}

/** The same run; in its middle `breakBackend` does what its name says. */
export async function brokenRun(
  breakBackend: () => unknown,
  readSimd?: ReadBuild,
): Promise<FallBackRun> {
  const { step, variables, dispose } = makeRun();
  const losses: number[] = [];
  let saved: readonly SavedVariable[] = await saveVariables(variables);
  let failure = '';
  let engine: EngineReport | undefined;
  for (let i = 0; i < STEPS; i++) {
    if (isBreaking(i) && !engine) await breakBackend();
    try {
      losses.push(await step(i));
      saved = await saveVariables(variables);
    } catch (error) {
      const failed = await backendFailure(error);
      if (!failed || engine) throw error;
      failure = `${failed.name}: ${failed.message}`;
      engine = await fallBack(saved, failed, readSimd);
      i--;
    }
  }
  dispose();
  return { losses, failure, engine: engine! };
}

function makeRun() {
  const { model, variables } = tinyModel();
  const step = async (number: number): Promise<number> =>
    (await trainStep(model, plainDescent, tinyBatch(number))).loss;
  return { step, variables, dispose: () => model.dispose() };
}
