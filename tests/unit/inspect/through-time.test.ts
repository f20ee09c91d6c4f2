import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { scaleToRadius, throughTime } from '../../../src/core/inspect/through-time.ts';
import { buildModel } from '../../../src/core/models/build.ts';
import { preprocessingOf } from '../../../src/core/models/preprocessing.ts';
import { checkModel } from '../../../src/core/models/settings/index.ts';
import { spectralRadius } from '../../../src/core/training/telemetry/spectral-radius.ts';
import { start } from '../training/fixture.ts';

beforeAll(() => start('simd'));

const words = ['a', 'good', 'film', 'bad'];
const settingsOf = (cell: string, layers = 1) =>
  checkModel({
    text: { numWords: 10, maxlen: 6 },
    network: {
      embeddingDim: 4,
      layers: Array.from({ length: layers }, () => ({ cell, units: 5 })),
    },
  });

function makeTrained(cell: string, layers?: number) {
  const settings = settingsOf(cell, layers);
  return { model: buildModel(settings), preprocessing: preprocessingOf(settings.text), words };
}

describe('scaleToRadius', () => {
  it('gives every gate’s block the radius, and turns nothing', async () => {
    const { model } = makeTrained('LSTM');
    const kernel = () => model.getLayer('recurrent_1').getWeights()[1]!.dataSync<'float32'>();
    const before = kernel().slice();
    await scaleToRadius(model, 1.5);
    const after = kernel();
    for (let gate = 0; gate < 4; gate++) {
      expect(spectralRadius(after, 5, 20, gate * 5)).toBeCloseTo(1.5, 3);
      const factor = after[gate * 5]! / before[gate * 5]!;
      expect(after[20 + gate * 5]! / before[20 + gate * 5]!).toBeCloseTo(factor, 4);
    }
    model.dispose();
  });
});

describe('throughTime', () => {
  it('begins with the weights of the verdict, and goes on by the chain rule', async () => {
    const trained = makeTrained('SimpleRNN');
    const { timesteps, norms, sizes } = await throughTime(trained, 'A good bad film');
    expect(timesteps.map(({ kind }) => kind)).toEqual([
      'pad',
      'start',
      ...Array.from({ length: 4 }, () => 'word'),
    ]);
    const [dense] = trained.model.getLayer('logit').getWeights();
    const [, recurrent] = trained.model.getLayer('recurrent_1').getWeights();
    // At the last step the logit is a product with the state; before that, one step of the chain rule.
    const vote = await dense!.norm().data();
    expect(norms.at(-1)).toBeCloseTo(vote[0]!, 5);
    const bound = (await recurrent!.norm().data())[0]! * norms.at(-1)!;
    expect(norms.at(-2)).toBeLessThanOrEqual(bound);
    expect(norms.at(-2)).toBeGreaterThan(0);
    expect(sizes.length).toBe(6);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1);
    trained.model.dispose();
  });

  it('leaves no tensor behind, and needs a recurrent layer', async () => {
    const trained = makeTrained('GRU');
    const { numTensors } = tf.memory();
    await throughTime(trained, 'a film');
    expect(tf.memory().numTensors).toBe(numTensors);
    trained.model.dispose();
    const settings = checkModel({
      text: { numWords: 10, maxlen: 6 },
      network: { embeddingDim: 4, layers: [], pooling: 'average' },
    });
    const flat = { model: buildModel(settings), preprocessing: trained.preprocessing, words };
    await expect(throughTime(flat, 'a film')).rejects.toThrow('no recurrent layer');
    flat.model.dispose();
  });
});
