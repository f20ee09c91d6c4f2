import * as tf from '@tensorflow/tfjs';
import { distinctRows } from '../src/core/kernels/ops/distinct-rows.ts';
import { recurrent } from '../src/core/kernels/ops/recurrent.ts';
import { adamStep, type AdamState } from '../src/core/kernels/simd/optimizers.ts';
import { type Batch, SHAPE } from './batch.ts';

const RATES = { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
const LSTM = {
  cell: 'LSTM',
  activation: 'tanh',
  recurrentActivation: 'sigmoid',
  resetAfter: false,
  goBackwards: false,
} as const;

/** A training step on the fused kernels, from the batch's plain ids to the updated weights. */
export function fusedStep({ ids, mask, labels }: Batch): { run: () => void; distinct: number } {
  const { batch, steps, vocabulary, embedding, units } = SHAPE;
  const weight = (shape: number[], seed: number) =>
    tf.variable(tf.randomUniform(shape, -0.05, 0.05, 'float32', seed));
  const weights = {
    embeddings: weight([vocabulary, embedding], 1),
    kernel: weight([embedding, 4 * units], 2),
    recurrentKernel: weight([units, 4 * units], 3),
    bias: weight([4 * units], 4),
    denseKernel: weight([units, 1], 5),
    denseBias: weight([1], 6),
  };
  const names = Object.keys(weights) as (keyof typeof weights)[];
  const states = names.map((name): AdamState => {
    const parameter = weights[name];
    const zeros = () => tf.variable(tf.zeros(parameter.shape), false);
    return { parameter, firstMoment: zeros(), secondMoment: zeros() };
  });
  let iteration = 0;

  const lossOf = () => {
    const { distinct, rows } = distinctRows(ids, vocabulary);
    const { h } = recurrent({
      input: {
        distinct: tf.tensor1d(distinct, 'int32'),
        rows: tf.tensor2d(rows, [batch, steps], 'int32'),
        embeddings: weights.embeddings as tf.Tensor2D,
      },
      kernel: weights.kernel as tf.Tensor2D,
      recurrentKernel: weights.recurrentKernel as tf.Tensor2D,
      bias: weights.bias,
      mask: mask && tf.tensor2d(mask, [batch, steps], 'int32'),
      attrs: LSTM,
    });
    const last = h.slice([0, steps - 1, 0], [batch, 1, units]).reshape([batch, units]);
    const logits = tf.matMul(last, weights.denseKernel as tf.Tensor2D).add(weights.denseBias);
    return tf.losses.sigmoidCrossEntropy(tf.tensor1d(labels), logits.reshape([batch])) as tf.Scalar;
  };

  const run = () =>
    tf.tidy(() => {
      iteration++;
      const { grads } = tf.variableGrads(
        lossOf,
        states.map(({ parameter }) => parameter),
      );
      for (const state of states) {
        adamStep(state, grads[state.parameter.name]!, RATES, iteration);
      }
    });
  return { run, distinct: distinctRows(ids, vocabulary).distinct.length };
}
