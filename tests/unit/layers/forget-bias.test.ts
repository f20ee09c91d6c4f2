import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { startBackend } from '../../../src/core/kernels/register.ts';
import '../../../src/core/layers/index.ts';

it('a layer with a forget bias leaves nothing behind, made in code or from a configuration', async () => {
  await startBackend('cpu');
  const { numTensors } = tf.memory();
  const made = tf.sequential({
    layers: [tf.layers.lstm({ units: 2, unitForgetBias: true, inputShape: [3, 1] })],
  });
  const loaded = await tf.models.modelFromJSON({
    modelTopology: made.toJSON(null, false) as tf.io.ModelJSON['modelTopology'],
  } as tf.io.ModelJSON);
  for (const model of [made, loaded]) {
    expect([...model.getWeights()[2]!.dataSync()]).toEqual([0, 0, 1, 1, 0, 0, 0, 0]);
    model.dispose();
  }
  expect(tf.memory().numTensors).toBe(numTensors);
});
