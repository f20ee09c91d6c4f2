import * as tf from '@tensorflow/tfjs';
import type { Batch } from '../../../src/core/dataset/batch/batcher.ts';
import { Batcher } from '../../../src/core/dataset/batch/batcher.ts';
import '../../../src/core/layers/index.ts';
import { createRandom } from '../../../src/core/random.ts';
import type { RunEvent } from '../../../src/core/training/events.ts';
import type { Run } from '../../../src/core/training/run.ts';
import { ADAM, DEFAULT_TRAINING } from '../../../src/core/training/settings.ts';
import type { TrainingSettings } from '../../../src/core/training/settings.ts';

const WORDS = 40;
const MAXLEN = 12;

/** Made-up reviews of 2 to 11 words. Words below 20 speak for a positive label. */
function makeTable(seed: number, reviews: number) {
  const random = createRandom(seed);
  const lengths = Array.from({ length: reviews }, () => 2 + random.int(10));
  const labels = Uint8Array.from(lengths, () => random.int(2));
  const offsets = new Uint32Array(reviews + 1);
  lengths.forEach((length, i) => (offsets[i + 1] = offsets[i]! + length));
  const tokens = new Uint32Array(offsets[reviews]!);
  labels.forEach((label, i) => {
    for (let at = offsets[i]!; at < offsets[i + 1]!; at++) {
      tokens[at] = random.int(20) + (random.next() < 0.8 === (label === 1) ? 0 : 20);
    }
  });
  const rows = Uint32Array.from({ length: reviews }, (_, i) => seed * 1000 + i);
  return { rows, labels, offsets, tokens, splits: new Uint8Array(reviews) };
}

/** Batches of made-up reviews, of other widths each. */
export function makeSource(seed: number, reviews: number, batchSize = 8): Batcher {
  return new Batcher(
    makeTable(seed, reviews),
    { size: WORDS },
    {
      batchSize,
      maxlen: MAXLEN,
      seed,
      buckets: 2,
    },
  );
}

/** Embedding → LSTM → dropout → Dense, on batches of any width; the same for the same seed. */
export function makeModel(seed = 1, dropout = 0): tf.LayersModel {
  const uniform = (more: number, scale: number) =>
    tf.initializers.randomUniform({ minval: -scale, maxval: scale, seed: seed * 10 + more });
  return tf.sequential({
    layers: [
      tf.layers.embedding({
        inputDim: WORDS + 4,
        outputDim: 4,
        inputShape: [null],
        maskZero: true,
        embeddingsInitializer: uniform(1, 0.5),
      }),
      tf.layers.lstm({
        units: 3,
        dropout,
        kernelInitializer: uniform(2, 0.5),
        recurrentInitializer: uniform(3, 0.5),
      }),
      tf.layers.dropout({ rate: dropout }),
      tf.layers.dense({ units: 1, kernelInitializer: uniform(4, 0.5) }),
    ],
  });
}

/** Two epochs with Adam at 0.01, and whatever else is asked for. */
export function settingsWith(changes: Partial<TrainingSettings> = {}): TrainingSettings {
  const optimizer = { ...ADAM, learningRate: 0.01 };
  return { ...DEFAULT_TRAINING, epochs: 2, seed: 1, optimizer, ...changes };
}

/** Trains to the end. */
export async function finish(run: Run): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of run.start()) events.push(event);
  return events;
}

/** Trains until so many batches are done, and stops there. */
export async function stopAfter(run: Run, batches: number): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  let done = 0;
  for await (const event of run.start()) {
    events.push(event);
    if (event.type === 'batch' && ++done === batches) run.control.stop();
  }
  return events;
}

export function lossesOf(events: readonly RunEvent[]): number[] {
  return events.flatMap((event) => (event.type === 'batch' ? event.batch.loss : []));
}

export function weightsOf(model: tf.LayersModel): Float32Array[] {
  return model.getWeights().map((weight) => weight.dataSync<'float32'>().slice());
}

/** A source that gives other batches in place of some. */
export function replacing(
  source: Batcher,
  change: (batch: Batch, epoch: number, index: number) => Batch,
) {
  return {
    size: source.size,
    *epoch(epoch: number, from = 0) {
      let index = from;
      for (const batch of source.epoch(epoch, from)) yield change(batch, epoch, index++);
    },
  };
}
