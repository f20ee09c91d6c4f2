import type * as tf from '@tensorflow/tfjs';
import type { Batch } from '../../../src/core/dataset/batch/batcher.ts';
import { buildModel } from '../../../src/core/models/build.ts';
import { checkModel } from '../../../src/core/models/settings/index.ts';
import { createRandom } from '../../../src/core/random.ts';
import { Run } from '../../../src/core/training/run.ts';
import { ADAM, DEFAULT_TRAINING } from '../../../src/core/training/settings.ts';

const [BATCH, MAXLEN, WORDS] = [8, 12, 100];

/** A run of so many steps with Adam on a tiny model, the same each time; it can go on from any step. */
export function tinyRun(steps: number): { run: Run; model: tf.LayersModel } {
  const model = buildModel(
    checkModel({
      text: { numWords: WORDS, maxlen: MAXLEN },
      network: { embeddingDim: 5, layers: [{ cell: 'LSTM', units: 6 }] },
    }),
  );
  const training = {
    size: steps,
    *epoch(_: number, from = 0) {
      for (let i = from; i < steps; i++) yield tinyBatch(i);
    },
  };
  const optimizer = { ...ADAM, learningRate: 0.01 };
  const settings = { ...DEFAULT_TRAINING, epochs: 1, optimizer };
  return { run: new Run({ model, settings, training, snapshotEvery: 1 }), model };
}

/** Made-up reviews, the same for the same number. */
function tinyBatch(number: number): Batch {
  const random = createRandom(number);
  return {
    ids: Int32Array.from({ length: BATCH * MAXLEN }, () => random.int(WORDS)),
    labels: Float32Array.from({ length: BATCH }, () => random.int(2)),
    lengths: new Int32Array(BATCH).fill(MAXLEN),
    rows: new Uint32Array(BATCH),
    shape: [BATCH, MAXLEN],
  };
}
