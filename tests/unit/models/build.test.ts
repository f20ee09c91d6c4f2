import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../../src/core/kernels/register.ts';
import { buildModel } from '../../../src/core/models/build.ts';
import { PRESETS, presetNamed } from '../../../src/core/models/presets/index.ts';
import { checkModel, DEFAULT_MODEL } from '../../../src/core/models/settings/index.ts';

beforeAll(() => startBackend('cpu'));

const small = { numWords: 20, bigrams: 0 };

const shapesOf = (model: tf.LayersModel) =>
  model.layers.map((layer) => [layer.getClassName(), layer.outputShape]);

describe('buildModel', () => {
  it('builds the network of lstm-clipnorm as its author describes it', () => {
    const model = buildModel(presetNamed('lstm-clipnorm')!.settings);
    expect(shapesOf(model)).toEqual([
      ['InputLayer', [null, 500]],
      ['Embedding', [null, 500, 128]],
      ['LSTM', [null, 64]],
      ['Dense', [null, 1]],
    ]);
    // 10,000 · 128 + 4 · 64 · (128 + 64 + 1) + 64 + 1
    expect(model.countParams()).toBe(1_329_473);
    model.dispose();
  });

  it('stacks layers, and pools what the last one says at every step', () => {
    const layer = { cell: 'GRU', units: 3, direction: 'both' };
    const model = buildModel(
      checkModel({
        text: small,
        network: { layers: [layer, { units: 4 }], pooling: 'max', dropout: 0.5, maskZero: true },
        training: { bucketed: true },
      }),
    );
    expect(shapesOf(model).slice(2)).toEqual([
      ['Bidirectional', [null, null, 6]],
      ['LSTM', [null, null, 4]],
      ['GlobalMaxPooling1D', [null, 4]],
      ['Dropout', [null, 4]],
      ['Dense', [null, 1]],
    ]);
    model.dispose();
  });

  it('starts gates as Keras does: sigmoids, and a forget bias of 1', () => {
    for (const direction of ['forward', 'both'] as const) {
      const layers = [{ cell: 'LSTM', units: 2, direction }];
      const { numTensors } = tf.memory();
      const model = buildModel(checkModel({ text: small, network: { layers } }));
      const recurrent = model.layers[2]!;
      const biases = recurrent.weights.filter(({ shape }) => shape.length === 1);
      expect(biases).toHaveLength(direction === 'both' ? 2 : 1);
      for (const bias of biases) {
        expect([...bias.read().dataSync()]).toEqual([0, 0, 1, 1, 0, 0, 0, 0]);
      }
      expect(JSON.stringify(recurrent.getConfig())).toContain('"recurrentActivation":"sigmoid"');
      model.dispose();
      expect(tf.memory().numTensors, 'no tensor is left').toBe(numTensors);
    }
  });

  it('adds up the weights of a bag of words, padding left out', () => {
    const { network, training } = presetNamed('bag-of-words')!.settings;
    const model = buildModel(
      checkModel({ text: { ...small, distinct: true, maxlen: 9 }, network, training }),
    );
    expect(model.trainableWeights).toHaveLength(3);
    const weights = Float32Array.from({ length: 20 }, (_, id) => id / 10);
    model.layers[1]!.setWeights([tf.tensor2d(weights, [20, 1])]);
    const logit = model.predict(tf.tensor2d([[0, 0, 4, 7, 19]], [1, 5], 'int32')) as tf.Tensor;
    expect(logit.dataSync()[0]).toBeCloseTo(3, 5);
    model.dispose();
  });

  it('draws the same weights from the same seed, others from another', () => {
    const weightsOf = (seed: number) => {
      const model = buildModel({
        ...DEFAULT_MODEL,
        text: { ...DEFAULT_MODEL.text, numWords: 20 },
        training: { ...DEFAULT_MODEL.training, seed },
      });
      const values = model.getWeights().map((weight) => [...weight.dataSync()]);
      model.dispose();
      return values;
    };
    expect(weightsOf(1)).toEqual(weightsOf(1));
    expect(weightsOf(2)[0]).not.toEqual(weightsOf(1)[0]);
  });

  it.each(PRESETS)('builds $name with a few words', ({ settings }) => {
    const model = buildModel({ ...settings, text: { ...settings.text, ...small } });
    expect(model.outputs[0]!.shape).toEqual([null, 1]);
    model.dispose();
  });
});
