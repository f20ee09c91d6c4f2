import * as tf from '@tensorflow/tfjs';
import '../layers/index.ts';
import type { ModelSettings, RecurrentSettings } from './settings/index.ts';

/** One row of a model's summary. */
export interface LayerSummary {
  readonly name: string;
  readonly className: string;
  /** Output shape; `null` stands for the batch, and for a length that is open. */
  readonly outputShape: readonly (number | null)[];
  readonly parameters: number;
}

/**
 * Builds the network that settings describe, with the initial weights of Keras's defaults (uniform
 * ±0.05 embedding, Glorot kernels, orthogonal recurrent kernels), drawn from the seed.
 *
 * Input: ids, int32, shape [batch, time]; `time` is open where batches are bucketed by length.
 * Output: logits, shape [batch, 1]; a positive logit means a positive review.
 */
export function buildModel({ text, network, training }: ModelSettings): tf.LayersModel {
  const { layers, pooling, maskZero } = network;
  const seeds = seedsFrom(training.seed);
  const time = training.bucketed ? null : text.maxlen;
  const input = tf.input({ shape: [time], dtype: 'int32' });
  let tensor = tf.layers
    .embedding({
      inputDim: text.numWords + text.bigrams,
      outputDim: network.embeddingDim,
      maskZero,
      trainable: network.trainEmbedding,
      embeddingsInitializer: tf.initializers.randomUniform({
        minval: -0.05,
        maxval: 0.05,
        seed: seeds(),
      }),
      name: 'embedding',
    })
    .apply(input) as tf.SymbolicTensor;
  for (const [i, layer] of layers.entries()) {
    const returnSequences = i < layers.length - 1 || pooling !== 'last';
    tensor = recurrent(layer, `recurrent_${i + 1}`, returnSequences, seeds).apply(
      tensor,
    ) as tf.SymbolicTensor;
  }
  if (pooling !== 'last')
    tensor = pool(pooling, network.embeddingDim).apply(tensor) as tf.SymbolicTensor;
  if (network.dropout > 0) {
    const dropout = tf.layers.dropout({ rate: network.dropout, seed: seeds(), name: 'dropout' });
    tensor = dropout.apply(tensor) as tf.SymbolicTensor;
  }
  const logit = tf.layers.dense({
    units: 1,
    kernelInitializer:
      pooling === 'sum' ? 'ones' : tf.initializers.glorotUniform({ seed: seeds() }),
    name: 'logit',
  });
  return tf.model({ inputs: input, outputs: logit.apply(tensor) as tf.SymbolicTensor });
}

/** Seeds of the weights, far enough apart that two runs of neighbouring seeds share none. */
function seedsFrom(seed: number): () => number {
  let next = seed * 1000;
  return () => next++;
}

function recurrent(
  { cell, units, activation, direction, dropout, recurrentDropout }: RecurrentSettings,
  name: string,
  returnSequences: boolean,
  seeds: () => number,
): tf.layers.Layer {
  const args = {
    units,
    activation,
    dropout,
    recurrentDropout,
    returnSequences,
    kernelInitializer: tf.initializers.glorotUniform({ seed: seeds() }),
    recurrentInitializer: tf.initializers.orthogonal({ seed: seeds() }),
    name,
  } as const;
  const layer = recurrentLayer(cell, args);
  if (direction === 'forward') return layer;
  return tf.layers.bidirectional({ layer, mergeMode: 'concat', name: `bidirectional_${name}` });
}

/** TensorFlow.js's own defaults differ from Keras's: hard sigmoids, and a forget bias of 0. */
function recurrentLayer(
  cell: RecurrentSettings['cell'],
  args: Parameters<typeof tf.layers.simpleRNN>[0],
): tf.RNN {
  const gates = { recurrentActivation: 'sigmoid' } as const;
  switch (cell) {
    case 'SimpleRNN':
      return tf.layers.simpleRNN(args) as tf.RNN;
    case 'LSTM':
      return tf.layers.lstm({ ...args, ...gates, unitForgetBias: true }) as tf.RNN;
    case 'GRU':
      return tf.layers.gru({ ...args, ...gates }) as tf.RNN;
  }
}

function pool(pooling: 'max' | 'average' | 'sum', width: number): tf.layers.Layer {
  switch (pooling) {
    case 'max':
      return tf.layers.globalMaxPooling1d({ name: 'pooling' });
    case 'average':
      return tf.layers.globalAveragePooling1d({ name: 'pooling' });
    // A linear state that keeps what it has and adds what it reads: a sum over time.
    case 'sum':
      return tf.layers.simpleRNN({
        units: width,
        activation: 'linear',
        useBias: false,
        kernelInitializer: tf.initializers.identity({}),
        recurrentInitializer: tf.initializers.identity({}),
        trainable: false,
        name: 'pooling',
      });
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

/** Naive Bayes is far too sure: a tenth of its log-count ratios is a better start. */
const NAIVE_BAYES_SHARE = 0.1;
/** Root mean square of a start from word vectors: many times Keras's ±0.05, so that they are heard. */
const WORD_VECTOR_SCALE = 0.3;

/** Starts an embedding from each id's log-count ratio. */
export function startFromNaiveBayes(model: tf.LayersModel, ratios: Float32Array): void {
  startFrom(model, ratios, NAIVE_BAYES_SHARE);
}

/** Starts an embedding from word vectors, [ids, dim], zeros where an id has none. */
export function startFromWordVectors(model: tf.LayersModel, vectors: Float32Array): void {
  const squares = vectors.reduce((sum, value) => sum + value * value, 0);
  const filled = vectors.reduce((count, value) => count + (value === 0 ? 0 : 1), 0);
  startFrom(model, vectors, filled === 0 ? 1 : WORD_VECTOR_SCALE / Math.sqrt(squares / filled));
}

function startFrom(model: tf.LayersModel, values: Float32Array, scale: number): void {
  const embedding = model.getLayer('embedding');
  tf.tidy(() => {
    const [{ shape }] = embedding.getWeights() as [tf.Tensor2D];
    embedding.setWeights([tf.tensor2d(values, shape).mul(scale)]);
  });
}
