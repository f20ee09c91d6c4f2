import * as tf from '@tensorflow/tfjs';
import type { Batch } from '../../../src/core/dataset/batch/batcher.ts';
import type { EngineReport } from '../../../src/core/kernels/choose-backend.ts';
import { backendFailure } from '../../../src/core/kernels/failure.ts';
import { fallBack, saveVariables } from '../../../src/core/kernels/fallback.ts';
import type { SavedVariable } from '../../../src/core/kernels/fallback.ts';
import type { ReadBuild } from '../../../src/core/kernels/simd/module.ts';
import { buildModel } from '../../../src/core/models/build.ts';
import { checkSettings } from '../../../src/core/models/settings.ts';
import { createRandom } from '../../../src/core/random.ts';
import { trainableVariables, trainStep } from '../../../src/core/training/step.ts';

const STEPS = 6;
const [BATCH, MAXLEN, WORDS] = [8, 12, 100];

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

/** A model and batches that are the same each time, trained by plain gradient descent. */
function makeRun() {
  const model = buildModel(
    checkSettings({ cell: 'LSTM', units: 6, embeddingDim: 5, numWords: WORDS, maxlen: MAXLEN }),
  );
  const variables = trainableVariables(model);
  const update = {
    // A new one each time: it holds its rate in a tensor, which is gone with the backend.
    apply: (gradients: tf.NamedTensorMap) => {
      const descent = tf.train.sgd(0.5);
      const named = Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }));
      descent.applyGradients(named);
      descent.dispose();
    },
    dispose: () => {},
  };
  const step = async (number: number): Promise<number> =>
    (await trainStep(model, update, batchOf(number))).loss;
  return { step, variables, dispose: () => model.dispose() };
}

function batchOf(number: number): Batch {
  const random = createRandom(number);
  return {
    ids: Int32Array.from({ length: BATCH * MAXLEN }, () => random.int(WORDS)),
    labels: Float32Array.from({ length: BATCH }, () => random.int(2)),
    shape: [BATCH, MAXLEN],
  } as unknown as Batch;
}
