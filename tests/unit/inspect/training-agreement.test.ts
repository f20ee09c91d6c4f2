import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { openBuiltData } from '../../../scripts/built-data.ts';
import { SIMD_BUILDS } from '../../../scripts/simd.ts';
import { headOf } from '../../../src/core/dataset/batch/head.ts';
import type { Dataset } from '../../../src/core/dataset/loader/dataset.ts';
import { Predictor } from '../../../src/core/inspect/predictor.ts';
import { startBackend } from '../../../src/core/kernels/register.ts';
import { loadModel, packModel } from '../../../src/core/models/archive/model-archive.ts';
import { PRESETS } from '../../../src/core/models/presets/index.ts';
import type { ModelSettings } from '../../../src/core/models/settings/index.ts';
import { Pipeline } from '../../../src/core/pipeline.ts';

/** A preset's text and network, small. */
function small({ text, network, training }: ModelSettings): ModelSettings {
  const layers = network.layers.map((layer) => ({ ...layer, units: 6 }));
  const embeddingDim = Math.min(network.embeddingDim, 8);
  return {
    text: { ...text, numWords: 2000, bigrams: Math.min(text.bigrams, 3000), maxlen: 150 },
    network: { ...network, embeddingDim, layers },
    training,
  };
}

let dataset: Dataset;

beforeAll(async () => {
  await startBackend('simd', (build) => readFile(SIMD_BUILDS[build]));
  dataset = await openBuiltData();
  await dataset.loadStarter();
});

it.each(PRESETS.map((preset) => [preset.name, preset] as const))(
  '%s: texts are read as the reviews were in training, also from an archive',
  async (_, { settings }) => {
    const training = new Pipeline(dataset, small(settings), 'starter');
    const { model } = training;
    if (settings.network.embedding === 'uniform') {
      // As they are drawn, weights hardly tell one review from the other.
      model.setWeights(model.getWeights().map((weight) => weight.mul(8)));
    }
    const table = headOf(dataset.table('test'), 40);
    const [batch] = [...training.reviews.reading(table).epoch(0)];
    const logits = model.apply(tf.tensor2d(batch!.ids, [...batch!.shape], 'int32')) as tf.Tensor;
    const expected = await tf.sigmoid(logits).data();
    const rows = Array.from(batch!.rows, (row) => dataset.positionOf(row)!);
    const texts = await Promise.all(rows.map((position) => dataset.text(position)));
    const loaded = await loadModel(await packModel(training.trained));
    for (const trained of [training.trained, loaded]) {
      const predictions = await new Predictor(trained).predict(texts);
      const distance = predictions.map(({ probability }, i) =>
        Math.abs(probability - expected[i]!),
      );
      expect(Math.max(...distance)).toBeLessThan(2e-6);
      expect(new Set(predictions.map(({ probability }) => probability)).size).toBeGreaterThan(10);
    }
    training.dispose();
    loaded.model.dispose();
  },
);
