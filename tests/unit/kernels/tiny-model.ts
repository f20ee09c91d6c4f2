import * as tf from '@tensorflow/tfjs';
import type { Batch } from '../../../src/core/dataset/batch/batcher.ts';
import { buildModel } from '../../../src/core/models/build.ts';
import { checkSettings } from '../../../src/core/models/settings.ts';
import { createRandom } from '../../../src/core/random.ts';
import type { WeightUpdate } from '../../../src/core/training/adam.ts';
import { trainableVariables } from '../../../src/core/training/step.ts';

const [BATCH, MAXLEN, WORDS] = [8, 12, 100];

/** A model that is the same each time, and its weights. */
export function tinyModel() {
  const model = buildModel(
    checkSettings({ cell: 'LSTM', units: 6, embeddingDim: 5, numWords: WORDS, maxlen: MAXLEN }),
  );
  return { model, variables: trainableVariables(model) };
}

/** Made-up reviews, the same for the same number. */
export function tinyBatch(number: number): Batch {
  const random = createRandom(number);
  return {
    ids: Int32Array.from({ length: BATCH * MAXLEN }, () => random.int(WORDS)),
    labels: Float32Array.from({ length: BATCH }, () => random.int(2)),
    lengths: new Int32Array(BATCH).fill(MAXLEN),
    rows: new Uint32Array(BATCH),
    shape: [BATCH, MAXLEN],
  };
}

/** Gradient descent that holds nothing from step to step, and so loses nothing with a backend. */
export const plainDescent: WeightUpdate = {
  apply: (gradients) => {
    const descent = tf.train.sgd(0.5);
    const named = Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }));
    descent.applyGradients(named);
    descent.dispose();
  },
  dispose: () => {},
};
