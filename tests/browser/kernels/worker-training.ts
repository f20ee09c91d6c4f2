/**
 * Trains a classifier made of TensorFlow.js's layers in a dedicated worker, on the backend that it is
 * asked for, with its own kernels or with ours.
 */
import * as tf from '@tensorflow/tfjs';
import { startBackend } from '../../../src/core/kernels/register.ts';
import { answerMessages } from './answering.ts';
import { makeClassifier } from './classifier.ts';
import { loseAndGoOn } from './lose-backend.ts';
import type { StepShape } from './protocol.ts';
import { makeBatch } from './training-step.ts';

/** How long a whole training step takes, the shortest of some repeats. */
async function trainTiming(shape: StepShape, repeats: number): Promise<number> {
  const classifier = makeClassifier(shape);
  const batch = makeBatch(shape);
  let best = Number.POSITIVE_INFINITY;
  // The first step compiles.
  for (let repeat = 0; repeat <= repeats; repeat++) {
    const start = performance.now();
    await classifier.train(batch);
    if (repeat > 0) best = Math.min(best, performance.now() - start);
  }
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
