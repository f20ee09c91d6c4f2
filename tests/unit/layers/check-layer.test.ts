import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerRecurrentCpu } from '../../../src/core/kernels/cpu/recurrent.ts';
import { registerRecurrentGradient } from '../../../src/core/kernels/gradients/recurrent.ts';
import { assertFiniteWeights, LayerError } from '../../../src/core/layers/check-layer.ts';
import '../../../src/core/layers/index.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
  registerRecurrentCpu();
  registerRecurrentGradient();
});

/** Kernels that run while something is done. */
function kernelsOf(work: () => void): string[] {
  const engine = tf.engine();
  const kernels: string[] = [];
  const run = engine.runKernel.bind(engine);
  engine.runKernel = ((name: string, ...rest: [tf.NamedTensorMap]) => {
    kernels.push(name);
    return run(name, ...rest);
  }) as typeof engine.runKernel;
  try {
    work();
  } finally {
    engine.runKernel = run;
  }
  return kernels;
}

function refuses(work: () => unknown, message: string): void {
  expect(
    kernelsOf(() => {
      expect(work).toThrow(LayerError);
      expect(work).toThrow(message);
    }),
  ).toEqual([]);
}

const embedding = () =>
  tf.layers.embedding({ inputDim: 8, outputDim: 3, inputLength: 4, name: 'words' });

describe('a layer that is called with what does not fit', () => {
  const layer = tf.layers.lstm({ units: 5, name: 'reader' }) as tf.RNN;
  const x = tf.zeros([2, 4, 3]);
  layer.apply(x);
  const call = (given: tf.Tensor, options: object) => () => layer.call(given, options);

  it.each<[string, tf.Tensor, object, string]>([
    ['a mask', x, { mask: tf.ones([4, 2]) }, 'mask is [4,2], must be [2,4]'],
    [
      'a first state',
      x,
      { initialState: [tf.zeros([2, 5]), tf.zeros([2, 6])] },
      'initialState[1] is [2,6], must be [2,5]',
    ],
    ['features', tf.zeros([2, 4, 9]), {}, 'the input is [2,4,9], must be [2,4,3]'],
    ['a sequence', tf.zeros([2, 0, 3]), {}, 'the input is [2,0,3], must be [batch, timesteps'],
  ])('names itself, the value and the limit: %s', (_, given, options, message) => {
    refuses(call(given, options), `Layer "reader": ${message}`);
  });

  it.each([
    [8, 'row 1, timestep 2'],
    [-1, 'row 1, timestep 2'],
  ])('names a word outside of the vocabulary: %i', (id, place) => {
    const model = tf.sequential({ layers: [embedding(), tf.layers.gru({ units: 2 })] });
    const ids = tf.tensor2d([0, 1, 2, 7, 0, 1, id, 7], [2, 4], 'int32');
    refuses(
      () => model.layers[0]!.apply(ids),
      `Layer "words": id ${id} at ${place} is not in the vocabulary, 0 to 7`,
    );
  });

  it.each([0, -3, 2.5])('can’t be made with %d units', (units) => {
    expect(() => tf.layers.lstm({ units })).toThrow(
      `Expected units to be a positive integer, but got ${units}.`,
    );
  });
});

describe('weights', () => {
  const build = () =>
    tf.sequential({ layers: [embedding(), tf.layers.lstm({ units: 2, name: 'reader' })] });

  it('that are all finite pass', async () => {
    await expect(assertFiniteWeights(build())).resolves.toBeUndefined();
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'are refused by name, value and place: %d',
    async (value) => {
      const model = build();
      const weights = model.getWeights();
      const broken = weights[2]!.dataSync().slice();
      broken[5] = value;
      model.setWeights(weights.with(2, tf.tensor(broken, weights[2]!.shape)));
      const check = assertFiniteWeights(model);
      await expect(check).rejects.toThrow(LayerError);
      await expect(check).rejects.toThrow(
        `Layer "reader": reader/recurrent_kernel [2,8] has ${value} at index 5`,
      );
    },
  );
});
