import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerRecurrentCpu } from '../../../src/core/kernels/cpu/recurrent.ts';
import { registerRecurrentGradient } from '../../../src/core/kernels/gradients/recurrent.ts';

const [BATCH, STEPS, FEATURES, UNITS, WORDS] = [3, 5, 4, 6, 11];

type Make = (options: Record<string, unknown>) => tf.layers.Layer;
const makers: Record<string, Make> = {
  SimpleRNN: (options) => tf.layers.simpleRNN({ units: UNITS, ...options }),
  LSTM: (options) => tf.layers.lstm({ units: UNITS, ...options }),
  GRU: (options) => tf.layers.gru({ units: UNITS, ...options }),
};

const seeded = {
  kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }),
  recurrentInitializer: tf.initializers.glorotUniform({ seed: 2 }),
  biasInitializer: tf.initializers.randomNormal({ seed: 3 }),
};

const options: Record<string, Record<string, unknown>> = {
  'as it comes': {},
  'return sequences': { returnSequences: true },
  'go backwards': { goBackwards: true },
  'go backwards, return sequences': { goBackwards: true, returnSequences: true },
  'sigmoid gates': { recurrentActivation: 'sigmoid' },
  'ReLU without bias': { activation: 'relu', useBias: false },
  dropout: { dropout: 0.3, recurrentDropout: 0.4 },
  'recurrent dropout, all outputs': { recurrentDropout: 0.4, returnSequences: true },
  // Nothing fused for these: they must still run.
  'another activation': { activation: 'sigmoid' },
};

const wrappers: Record<string, (layer: tf.layers.Layer) => tf.layers.Layer> = {
  alone: (layer) => layer,
  ...Object.fromEntries(
    (['concat', 'sum', 'ave', 'mul'] as const).map((mergeMode) => [
      `bidirectional, ${mergeMode}`,
      (layer: tf.layers.Layer) => tf.layers.bidirectional({ layer: layer as tf.RNN, mergeMode }),
    ]),
  ),
};

/** Words behind an embedding, with and without a mask; row 1 is padded, row 2 is nothing but padding. */
const ids = [
  [4, 2, 7, 4, 1],
  [0, 0, 3, 10, 2],
  [0, 0, 0, 0, 0],
];

function build(layer: tf.layers.Layer, maskZero: boolean): tf.LayersModel {
  return tf.sequential({
    layers: [
      tf.layers.embedding({
        inputDim: WORDS,
        outputDim: FEATURES,
        inputLength: STEPS,
        maskZero,
        embeddingsInitializer: tf.initializers.randomNormal({ seed: 4, stddev: 1, mean: 0 }),
      }),
      layer,
    ],
  });
}

/** Outputs and the gradients of a loss that weighs every output differently. */
function run(model: tf.LayersModel): number[][] {
  const results = tf.tidy(() => {
    const x = tf.tensor2d(ids, [BATCH, STEPS], 'int32');
    const loss = (): tf.Scalar => {
      const output = model.apply(x, { training: true }) as tf.Tensor;
      const weights = tf
        .range(1, output.size + 1)
        .sin()
        .reshape(output.shape);
      return output.mul(weights).sum();
    };
    const { value, grads } = tf.variableGrads(loss);
    const names = Object.keys(grads).toSorted();
    return [value, model.predict(x) as tf.Tensor, ...names.map((name) => grads[name]!)].map(
      (tensor) => Array.from(tensor.dataSync()),
    );
  });
  model.dispose();
  return results;
}

const cases = Object.keys(makers).flatMap((cell) =>
  Object.keys(options).flatMap((option) =>
    Object.keys(wrappers).flatMap((wrapper) =>
      [false, true].map((maskZero) => ({ cell, option, wrapper, maskZero })),
    ),
  ),
);

interface Cell {
  dropoutFunc: (ones: tf.Tensor, rate: number) => tf.Tensor;
}
interface WithCells {
  readonly cell?: Cell;
  readonly forwardLayer?: { readonly cell: Cell };
  readonly backwardLayer?: { readonly cell: Cell };
}

/** Lets dropout draw the same factors each time. The configuration does not carry the function. */
function drawByShape(layer: tf.layers.Layer): void {
  const { cell, forwardLayer, backwardLayer } = layer as unknown as WithCells;
  for (const one of [cell, forwardLayer?.cell, backwardLayer?.cell]) {
    if (one)
      one.dropoutFunc = ({ shape, size }, rate) =>
        tf
          .range(0, size)
          .mul(7)
          .mod(11)
          .greater(3)
          .div(1 - rate)
          .reshape(shape);
  }
}

const runCase = ({ cell, option, wrapper, maskZero }: (typeof cases)[number]): number[][] => {
  const layer = wrappers[wrapper]!(makers[cell]!({ ...seeded, ...options[option] }));
  drawByShape(layer);
  return run(build(layer, maskZero));
};

describe('fused layers', () => {
  let stock: number[][][];

  beforeAll(async () => {
    await tf.setBackend('cpu');
    // The gradients of both must come in the same order, so the layers are made in the same order.
    stock = cases.map(runCase);
    registerRecurrentCpu();
    registerRecurrentGradient();
    await import('../../../src/core/layers/index.ts');
  });

  it.each(cases.map((settings, i) => ({ ...settings, i })))(
    '$cell, $option, $wrapper, mask $maskZero: as TensorFlow.js’s own',
    ({ i }) => {
      const fused = runCase(cases[i]!);
      fused.forEach((values, tensor) => {
        expect(values.length).toBe(stock[i]![tensor]!.length);
        values.forEach((value, j) => {
          expect(value, `tensor ${tensor}, element ${j}`).toBeCloseTo(stock[i]![tensor]![j]!, 4);
        });
      });
    },
  );

  it.each(['int32', 'float32'] as const)(
    'runs one kernel for a whole sequence, and projects each distinct word once: ids in %s',
    (dtype) => {
      const model = build(makers.LSTM!(seeded), true);
      const x = tf.tensor2d(ids, [BATCH, STEPS], dtype);
      const calls: [name: string, inputs: tf.NamedTensorMap][] = [];
      const spy = tf.engine().runKernel.bind(tf.engine());
      tf.engine().runKernel = ((name: string, inputs: tf.NamedTensorMap, attrs: never) => {
        calls.push([name, inputs]);
        return spy(name, inputs, attrs);
      }) as ReturnType<typeof tf.engine>['runKernel'];
      model.apply(x);
      tf.engine().runKernel = spy;
      expect(calls.filter(([name]) => name === 'RecurrentForward')).toHaveLength(1);
      const distinct = new Set(ids.flat()).size;
      const products = calls.filter(([name]) => name === 'BatchMatMul' || name === '_FusedMatMul');
      expect(products.map(([, { a }]) => a!.shape)).toEqual([[1, distinct, FEATURES]]);
    },
  );

  it('keeps states from batch to batch when it is stateful', () => {
    const layer = tf.layers.lstm({
      units: UNITS,
      stateful: true,
      batchInputShape: [BATCH, STEPS, FEATURES],
      ...seeded,
    });
    const model = tf.sequential({ layers: [layer] });
    const x = tf.randomNormal([BATCH, STEPS * 2, FEATURES], 0, 1, 'float32', 5);
    const halves = tf.split(x, 2, 1);
    model.predict(halves[0]!);
    const second = (model.predict(halves[1]!) as tf.Tensor).dataSync();
    const whole = tf.layers.lstm({ units: UNITS, weights: layer.getWeights() });
    const expected = (whole.apply(x) as tf.Tensor).dataSync();
    second.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
  });

  it('gives the last states, and takes initial ones', () => {
    const x = tf.randomNormal([BATCH, STEPS * 2, FEATURES], 0, 1, 'float32', 6) as tf.Tensor3D;
    const layer = tf.layers.lstm({ units: UNITS, returnState: true, ...seeded });
    const [whole] = layer.apply(x) as tf.Tensor[];
    const [early, late] = tf.split(x, 2, 1);
    const [, h, c] = layer.apply(early!) as tf.Tensor[];
    const [resumed] = layer.apply(late!, { initialState: [h!, c!] }) as tf.Tensor[];
    const expected = whole!.dataSync();
    resumed!.dataSync().forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
  });

  it('comes back from a saved configuration with the same names', () => {
    const model = build(tf.layers.gru({ units: UNITS, name: 'reader' }), false);
    const text = JSON.parse(model.toJSON() as unknown as string);
    expect(text.config.layers[1]).toMatchObject({ class_name: 'GRU', config: { units: UNITS } });
    expect(model.weights.map(({ name }) => name.replace(/_\d+$/, ''))).toEqual([
      expect.stringMatching(/embeddings/),
      'reader/kernel',
      'reader/recurrent_kernel',
      'reader/bias',
    ]);
  });
});
