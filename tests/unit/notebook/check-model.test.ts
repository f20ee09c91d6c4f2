import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { packModel, unpackLogitModel } from '../../../src/core/models/portable.ts';
import { refuseCustomCode } from '../../../src/notebook/library/check-model.ts';
import { encodingFor } from '../../../src/notebook/library/encoding.ts';

const judge = (...between: tf.layers.Layer[]): tf.Sequential =>
  tf.sequential({
    layers: [
      tf.layers.embedding({ inputDim: 50, outputDim: 4, inputLength: 6, maskZero: true }),
      ...between,
      tf.layers.dense({ units: 1, activation: 'sigmoid' }),
    ],
  });

const ALL = [
  tf.layers.bidirectional({
    layer: tf.layers.lstm({ units: 3, returnSequences: true }) as tf.RNN,
    mergeMode: 'concat',
  }),
  tf.layers.simpleRNN({ units: 3, returnSequences: true }),
  tf.layers.gru({ units: 2, recurrentInitializer: 'glorotNormal', dropout: 0.2 }),
  tf.layers.dropout({ rate: 0.5 }),
];

describe('a cell’s model', () => {
  it('of stock layers may leave the page, and comes out the same', async () => {
    const model = judge(...ALL);
    refuseCustomCode(model);
    const copy = await unpackLogitModel(structuredClone(await packModel(model)));
    const ids = tf.tensor2d([[0, 0, 5, 9, 49, 1]], [1, 6], 'int32');
    const expected = (model.predict(ids) as tf.Tensor).dataSync()[0]!;
    const logit = (copy.predict(ids) as tf.Tensor).dataSync()[0]!;
    expect(1 / (1 + Math.exp(-logit))).toBeCloseTo(expected, 6);
  });

  it('whose weights are no numbers is refused by the layer’s name', async () => {
    const model = judge(tf.layers.globalAveragePooling1d({}));
    model.layers.at(-1)!.setWeights([tf.zeros([4, 1]).div(0), tf.zeros([1])]);
    const { name } = model.layers.at(-1)!;
    const packed = structuredClone(await packModel(model));
    await expect(unpackLogitModel(packed)).rejects.toThrow(
      new RegExp(`Layer "${name}".*NaN.*must be a finite number`),
    );
  });

  it('with a class of its own is refused by the layer’s name', () => {
    class Twice extends tf.layers.Layer {
      static readonly className = 'Twice';
    }
    tf.serialization.registerClass(Twice);
    const model = judge(tf.layers.globalAveragePooling1d({}), new Twice({ name: 'mine' }));
    expect(() => refuseCustomCode(model)).toThrow(/"mine".*Twice/);
  });

  it('with a replaced method or a class in its settings is refused too', () => {
    const layer = tf.layers.globalMaxPooling1d({ name: 'bent' });
    layer.call = (x) => x as tf.Tensor;
    expect(() => refuseCustomCode(judge(layer))).toThrow(/"bent".*call\(\)/);
    const StockOnes = tf.initializers.ones().constructor as new () => tf.serialization.Serializable;
    class Ones extends StockOnes {
      static readonly className = 'AllOnes';
      override getConfig = (): tf.serialization.ConfigDict => ({});
    }
    const own = tf.layers.gru({ units: 2, name: 'own', kernelInitializer: new Ones() as never });
    expect(() => refuseCustomCode(judge(own))).toThrow(/"own".*AllOnes/);
  });

  it('whose weights are held down in a way that training ignores is refused', () => {
    const layer = tf.layers.gru({ units: 2, name: 'held', kernelRegularizer: 'l1l2' });
    expect(() => refuseCustomCode(judge(layer))).toThrow(/"held" has a kernelRegularizer/);
  });

  it('must end in one number', async () => {
    const two = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] });
    await expect(packModel(two).then(unpackLogitModel)).rejects.toThrow('[batch, 2]');
    const relu = tf.sequential({
      layers: [tf.layers.dense({ units: 1, inputShape: [3], activation: 'relu' })],
    });
    await expect(packModel(relu).then(unpackLogitModel)).rejects.toThrow('relu');
  });

  it('gets the encoding that its shape asks for, and no other', () => {
    const model = judge(tf.layers.gru({ units: 2 }));
    expect(encodingFor(model, { padding: 'post' })).toEqual({
      numWords: 50,
      maxlen: 6,
      padding: 'post',
      truncating: 'pre',
    });
    expect(() => encodingFor(model, { numWords: 51 })).toThrow('50 ids');
    expect(() => encodingFor(model, { maxlen: 7 })).toThrow('reads 6 ids');
  });
});
