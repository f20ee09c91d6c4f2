import * as tf from '@tensorflow/tfjs';
import '../layers/index.ts';
import type { Cell, RunSettings } from './settings.ts';

/** One row of a model's summary. */
export interface LayerSummary {
  readonly name: string;
  readonly className: string;
  /** Output shape; `null` stands for the batch. */
  readonly outputShape: readonly (number | null)[];
  readonly parameters: number;
}

/**
 * Builds Embedding → recurrent layer → Dense(1), with the initial weights of Keras's defaults
 * (uniform ±0.05 embedding, Glorot kernel, orthogonal recurrent kernel), drawn from the seed.
 *
 * Input: word ids, int32, shape [batch, maxlen]. Output: logits, shape [batch, 1]; a positive logit
 * means a positive review.
 */
export function buildModel(settings: RunSettings): tf.LayersModel {
  const { numWords, embeddingDim, maxlen, units, seed } = settings;
  const embeddingsInitializer = tf.initializers.randomUniform({
    minval: -0.05,
    maxval: 0.05,
    seed,
  });
  return tf.sequential({
    layers: [
      tf.layers.embedding({
        inputDim: numWords,
        outputDim: embeddingDim,
        inputLength: maxlen,
        embeddingsInitializer,
        name: 'embedding',
      }),
      recurrentLayer(settings.cell, units, seed),
      tf.layers.dense({
        units: 1,
        kernelInitializer: tf.initializers.glorotUniform({ seed: seed + 3 }),
        name: 'logit',
      }),
    ],
  });
}

function recurrentLayer(cell: Cell, units: number, seed: number): tf.layers.Layer {
  const args = {
    units,
    kernelInitializer: tf.initializers.glorotUniform({ seed: seed + 1 }),
    recurrentInitializer: tf.initializers.orthogonal({ seed: seed + 2 }),
    name: 'recurrent',
  };
  switch (cell) {
    case 'SimpleRNN':
      return tf.layers.simpleRNN(args);
    case 'LSTM':
      return tf.layers.lstm(args);
    case 'GRU':
      return tf.layers.gru(args);
  }
}

/** What `model.summary()` prints, as data. */
export function summarize(model: tf.LayersModel): LayerSummary[] {
  return model.layers.map((layer) => ({
    name: layer.name,
    className: layer.getClassName(),
    outputShape: layer.outputShape as (number | null)[],
    parameters: layer.countParams(),
  }));
}
