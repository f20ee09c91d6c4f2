/**
 * Trains a classifier made of TensorFlow.js's layers in a dedicated worker, on the backend that it is
 * asked for, with its own kernels or with ours.
 */
import * as tf from '@tensorflow/tfjs';
import { startBackend } from '../../../src/core/kernels/register.ts';
import { createAdam } from '../../../src/core/training/adam.ts';
import { trainableVariables, trainStep } from '../../../src/core/training/step.ts';
import { answerMessages } from './answering.ts';
import { makeClassifier } from './classifier.ts';
import { loseAndGoOn } from './lose-backend.ts';
import type { StepShape } from './protocol.ts';
import { makeBatch } from './training-step.ts';

/** How long a whole training step takes, until every weight has its new value. */
async function trainTiming(shape: StepShape, repeats: number): Promise<number> {
  const model = makeClassifier(shape);
  const variables = trainableVariables(model);
  const adam = createAdam(variables, 1e-3);
  const batch = makeBatch(shape);
  let best = Number.POSITIVE_INFINITY;
  // The first step compiles.
  for (let repeat = 0; repeat <= repeats; repeat++) {
    const start = performance.now();
    await trainStep(model, adam, batch);
    await variables.at(-1)!.data();
    if (repeat > 0) best = Math.min(best, performance.now() - start);
  }
  adam.dispose();
  model.dispose();
  return best;
}

answerMessages({
  trainTiming: async ({ backend, fused, shape, repeats }) => {
    if (fused) {
      await startBackend(backend);
      await import('../../../src/core/layers/index.ts');
    } else {
      await import('@tensorflow/tfjs-backend-webgpu');
      await tf.setBackend(backend);
    }
    return trainTiming(shape, repeats);
  },
  loseAndGoOn,
});
