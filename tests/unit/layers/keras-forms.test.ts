import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerRecurrentCpu } from '../../../src/core/kernels/cpu/recurrent.ts';
import { registerRecurrentGradient } from '../../../src/core/kernels/gradients/recurrent.ts';
import { RECURRENT_FORWARD } from '../../../src/core/kernels/spec/recurrent.ts';
import { gru } from '../../../src/core/layers/gru.ts';
import '../../../src/core/layers/index.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
  registerRecurrentCpu();
  registerRecurrentGradient();
});

const ids = tf.tensor2d(
  [
    [4, 2, 7, 4],
    [0, 0, 3, 5],
    [0, 0, 0, 0],
  ],
  [3, 4],
  'int32',
);

const embedding = (maskZero: boolean): tf.layers.Layer =>
  tf.layers.embedding({
    inputDim: 8,
    outputDim: 3,
    inputLength: 4,
    maskZero,
    embeddingsInitializer: tf.initializers.randomNormal({ seed: 1, stddev: 1, mean: 0 }),
  });

describe('GRU with resetAfter', () => {
  const make = (): tf.layers.Layer =>
    gru({
      units: 5,
      resetAfter: true,
      biasInitializer: tf.initializers.randomNormal({ seed: 2 }),
      recurrentInitializer: tf.initializers.randomNormal({ seed: 3 }),
      kernelInitializer: tf.initializers.randomNormal({ seed: 4 }),
    });

  it('has Keras’s weights, in Keras’s order and shapes', () => {
    const layer = make();
    layer.apply(tf.zeros([1, 4, 3]));
    expect(layer.getWeights().map(({ shape }) => shape)).toEqual([
      [3, 15],
      [5, 15],
      [2, 15],
    ]);
  });

  it('gives the same with the fused kernels and step by step', () => {
    const layer = make();
    const x = tf.randomNormal([2, 4, 3], 0, 1, 'float32', 5);
    const fused = (layer.apply(x) as tf.Tensor).dataSync();
    const kernel = tf.getKernel(RECURRENT_FORWARD, 'cpu');
    tf.unregisterKernel(RECURRENT_FORWARD, 'cpu');
    const stepwise = (layer.apply(x) as tf.Tensor).dataSync();
    tf.registerKernel(kernel);
    stepwise.forEach((value, i) => expect(value).toBeCloseTo(fused[i]!, 5));
  });

  it('survives saving and loading, inside Bidirectional too', async () => {
    const model = tf.sequential({
      layers: [
        embedding(true),
        tf.layers.bidirectional({ layer: make() as tf.RNN, mergeMode: 'sum' }),
      ],
    });
    const before = (model.predict(ids) as tf.Tensor).dataSync();
    let saved: tf.io.ModelArtifacts | undefined;
    await model.save(
      tf.io.withSaveHandler(async (artifacts) => {
        saved = artifacts;
        return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
      }),
    );
    const loaded = await tf.loadLayersModel(tf.io.fromMemory(saved!));
    const after = (loaded.predict(ids) as tf.Tensor).dataSync();
    expect([...after]).toEqual([...before]);
  });
});

describe('global pooling over time', () => {
  const poolings = {
    average: () => tf.layers.globalAveragePooling1d({}),
    maximum: () => tf.layers.globalMaxPooling1d({}),
  };

  const pooled = (pooling: keyof typeof poolings, maskZero: boolean): number[][] => {
    const model = tf.sequential({ layers: [embedding(maskZero), poolings[pooling]()] });
    return (model.predict(ids) as tf.Tensor2D).arraySync();
  };
  const vectors = (): number[][][] => (embedding(false).apply(ids) as tf.Tensor3D).arraySync();

  it('looks at the unmasked timesteps alone', () => {
    const [whole, padded] = vectors();
    const mean = (rows: number[][]): number[] =>
      rows[0]!.map((_, i) => rows.reduce((sum, row) => sum + row[i]!, 0) / rows.length);
    const most = (rows: number[][]): number[] =>
      rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!)));
    for (const [pooling, expected] of [
      ['average', mean],
      ['maximum', most],
    ] as const) {
      const masked = pooled(pooling, true);
      expected(whole!).forEach((value, i) => expect(masked[0]![i]).toBeCloseTo(value, 5));
      expected(padded!.slice(2)).forEach((value, i) => expect(masked[1]![i]).toBeCloseTo(value, 5));
      expect(masked[2]!.map(Math.abs)).toEqual([0, 0, 0]);
      expected(padded!).forEach((value, i) =>
        expect(pooled(pooling, false)[1]![i]).toBeCloseTo(value, 5),
      );
    }
  });

  it('lets the gradient reach the unmasked words alone', () => {
    const model = tf.sequential({ layers: [embedding(true), poolings.average()] });
    const { grads } = tf.variableGrads(() => (model.apply(ids) as tf.Tensor).sum() as tf.Scalar);
    const rows = (Object.values(grads)[0] as tf.Tensor2D).arraySync();
    expect(rows[0]).toEqual([0, 0, 0]);
    expect(rows[3]![0]).toBeCloseTo(0.5, 6);
    expect(rows[4]![0]).toBeCloseTo(0.5, 6);
  });
});

describe('a model in Keras’s format', () => {
  const recurrent = (units: number) => ({
    units,
    activation: 'tanh',
    recurrent_activation: 'hard_sigmoid',
    use_bias: true,
    dropout: 0.1,
    recurrent_dropout: 0.2,
    implementation: 2,
    return_sequences: true,
    return_state: false,
    go_backwards: false,
    stateful: false,
    unroll: false,
    time_major: false,
  });
  const layers = [
    {
      class_name: 'Embedding',
      config: {
        name: 'embedding_1',
        batch_input_shape: [null, 4],
        input_dim: 8,
        output_dim: 3,
        mask_zero: true,
        input_length: 4,
      },
    },
    { class_name: 'SpatialDropout1D', config: { name: 'spatial_dropout1d', rate: 0.3 } },
    {
      class_name: 'Bidirectional',
      config: {
        name: 'bidirectional_1',
        merge_mode: 'concat',
        layer: { class_name: 'LSTM', config: { name: 'lstm_1', ...recurrent(2) } },
      },
    },
    { class_name: 'GRU', config: { name: 'gru_1', ...recurrent(3), reset_after: true } },
    { class_name: 'SimpleRNN', config: { name: 'simple_rnn_1', ...recurrent(2) } },
    { class_name: 'GlobalMaxPooling1D', config: { name: 'pooling' } },
    { class_name: 'Dense', config: { name: 'dense_1', units: 1, activation: 'sigmoid' } },
  ];
  /** As Keras lists them: layer by layer, the cell in between, the forward direction first. */
  const weights: [name: string, shape: number[]][] = [
    ['embedding_1/embeddings', [8, 3]],
    ...['forward', 'backward'].flatMap((direction): [string, number[]][] => {
      const cell = `bidirectional_1/${direction}_lstm_1/lstm_cell_1`;
      return [
        [`${cell}/kernel`, [3, 8]],
        [`${cell}/recurrent_kernel`, [2, 8]],
        [`${cell}/bias`, [8]],
      ];
    }),
    ['gru_1/gru_cell_1/kernel', [4, 9]],
    ['gru_1/gru_cell_1/recurrent_kernel', [3, 9]],
    ['gru_1/gru_cell_1/bias', [2, 9]],
    ['simple_rnn_1/simple_rnn_cell_1/kernel', [3, 2]],
    ['simple_rnn_1/simple_rnn_cell_1/recurrent_kernel', [2, 2]],
    ['simple_rnn_1/simple_rnn_cell_1/bias', [2]],
    ['dense_1/kernel', [2, 1]],
    ['dense_1/bias', [1]],
  ];

  const camel = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(camel);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
        camel(inner),
      ]),
    );
  };

  async function load(given: unknown[]): Promise<tf.LayersModel> {
    const total = weights.reduce((sum, [, shape]) => sum + tf.util.sizeFromShape(shape), 0);
    const values = Float32Array.from({ length: total }, (_, i) => Math.sin(i));
    return tf.loadLayersModel(
      tf.io.fromMemory({
        modelTopology: {
          class_name: 'Sequential',
          config: { name: 'sequential_1', layers: given },
          keras_version: '2.15.0',
          backend: 'tensorflow',
        },
        weightSpecs: weights.map(([name, shape]) => ({ name, shape, dtype: 'float32' })),
        weightData: values.buffer,
      }),
    );
  }

  it('loads with its weights, and reads them in Keras’s order', async () => {
    const model = await load(layers);
    expect(model.getWeights().map(({ shape }) => shape)).toEqual(weights.map(([, shape]) => shape));
    const values = model.getWeights().flatMap((weight) => [...weight.dataSync()]);
    values.forEach((value, i) => expect(value).toBeCloseTo(Math.sin(i), 6));
    const [score] = (model.predict(ids) as tf.Tensor).dataSync();
    expect(score).toBeGreaterThan(0);
    expect(score).toBeLessThan(1);
  });

  it('means the same with keys in camel case', async () => {
    const layersInCamelCase = layers.map(({ class_name, config }) => ({
      class_name,
      config: camel(config),
    }));
    const [snake, other] = await Promise.all([load(layers), load(layersInCamelCase)]);
    expect(other.getConfig()).toEqual(snake.getConfig());
    const scores = (model: tf.LayersModel) => [...(model.predict(ids) as tf.Tensor).dataSync()];
    expect(scores(other)).toEqual(scores(snake));
  });

  it('is refused by its layer’s name if time comes first', async () => {
    const timeMajor = layers.map(({ class_name, config }) => ({
      class_name,
      config: class_name === 'GRU' ? { ...config, time_major: true } : config,
    }));
    await expect(load(timeMajor)).rejects.toThrow(
      'Layer "gru_1": time_major is true, must be false',
    );
  });
});
