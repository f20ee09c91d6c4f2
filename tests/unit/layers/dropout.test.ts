import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { withDropoutSeed } from '../../../src/core/layers/dropout.ts';
import '../../../src/core/layers/index.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const ones = tf.ones([20, 50, 4]);

function run(layer: tf.layers.Layer, seed?: number): Float32Array {
  const apply = () => layer.apply(ones, { training: true }) as tf.Tensor;
  const output = seed === undefined ? apply() : withDropoutSeed(seed, apply);
  return output.dataSync<'float32'>();
}

describe('Dropout from a seed', () => {
  it('drops its share, and keeps the mean by making the others larger', () => {
    const output = run(tf.layers.dropout({ rate: 0.25 }), 1);
    expect(new Set(output)).toEqual(new Set([0, Math.fround(1 / 0.75)]));
    const dropped = output.filter((value) => value === 0).length / output.length;
    expect(dropped).toBeGreaterThan(0.22);
    expect(dropped).toBeLessThan(0.28);
  });

  it('repeats itself for the same seed alone, whatever the seed of the layer', () => {
    for (const layer of [
      tf.layers.dropout({ rate: 0.5 }),
      tf.layers.dropout({ rate: 0.5, seed: 3 }),
    ]) {
      const first = run(layer, 1);
      expect(run(layer, 1)).toEqual(first);
      expect(run(layer, 2)).not.toEqual(first);
    }
  });

  it('lets numbers share their fate along an axis of the noise shape', () => {
    const output = run(tf.layers.dropout({ rate: 0.5, noiseShape: [20, 1, 4] }), 1);
    const { size } = new Set(
      Array.from({ length: 50 }, (_, t) => output.slice(t * 4, t * 4 + 4).join()),
    );
    expect(size, 'different timesteps of one review').toBe(1);
    expect(new Set(output).size).toBe(2);
  });

  it('gives layers that follow each other different masks', () => {
    const layer = tf.layers.dropout({ rate: 0.5 });
    const [a, b] = withDropoutSeed(1, () => [run(layer), run(layer)]);
    expect(a).not.toEqual(b);
  });

  it('is seeded inside recurrent layers, on the fused kernels and off them', () => {
    const args = {
      units: 3,
      dropout: 0.5,
      kernelInitializer: 'ones',
      recurrentInitializer: 'zeros',
    } as const;
    const layers = [tf.layers.lstm(args), tf.layers.lstm({ ...args, recurrentActivation: 'tanh' })];
    for (const layer of layers) {
      const first = run(layer, 1);
      expect(run(layer, 1)).toEqual(first);
      expect(run(layer, 2)).not.toEqual(first);
    }
  });

  it('leaves the layer alone outside of training, and TensorFlow.js’s own dropout outside of a seed', () => {
    const layer = tf.layers.dropout({ rate: 0.5, seed: 3 });
    const untouched = withDropoutSeed(1, () => layer.apply(ones, { training: false }) as tf.Tensor);
    expect(untouched.dataSync()).toEqual(ones.dataSync());
    expect(run(layer)).toEqual(run(layer));
  });
});
