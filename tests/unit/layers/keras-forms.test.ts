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
