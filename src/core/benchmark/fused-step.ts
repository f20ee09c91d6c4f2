import * as tf from '@tensorflow/tfjs';
import { distinctRows } from '../kernels/ops/distinct-rows.ts';
import { recurrent } from '../kernels/ops/recurrent.ts';
import { read } from '../training/numbers/read.ts';
import { Optimizer } from '../training/optimizers/optimizer.ts';
import { clip } from '../training/step/clipping.ts';
import type { StepBatch, StepShape } from './shape.ts';
import { finished } from './train-step.ts';
import type { TrainStep } from './train-step.ts';

const LSTM = {
  cell: 'LSTM',
  activation: 'tanh',
  recurrentActivation: 'sigmoid',
  resetAfter: false,
  goBackwards: false,
} as const;
const ADAM = { name: 'adam', learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;

export interface FusedStepOptions {
  /** Skips padding. Otherwise it is read like a word. */
  readonly masked?: boolean;
  /** Largest norm of each variable's gradient. Otherwise none is clipped. */
  readonly clipnorm?: number;
}

/** A training step on the fused kernels of the current backend. */
export function createFusedStep(shape: StepShape, options: FusedStepOptions = {}): TrainStep {
  const { batch, steps, vocabulary, embedding, units } = shape;
  const { masked = false, clipnorm } = options;
  const weight = (dimensions: number[], seed: number): tf.Variable =>
    tf.tidy(() => tf.variable(tf.randomUniform(dimensions, -0.05, 0.05, 'float32', seed)));
  const weights = {
    embeddings: weight([vocabulary, embedding], 1),
    kernel: weight([embedding, 4 * units], 2),
    recurrentKernel: weight([units, 4 * units], 3),
    bias: weight([4 * units], 4),
    denseKernel: weight([units, 1], 5),
    denseBias: weight([1], 6),
  };
  const variables = Object.values(weights);
  const optimizer = new Optimizer(ADAM, variables);

  const lossOf = ({ ids, labels }: StepBatch): tf.Scalar => {
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
      mask: masked ? tf.tensor2d(ids.map(Math.sign), [batch, steps], 'int32') : undefined,
      attrs: LSTM,
    });
    const last = h.slice([0, steps - 1, 0], [batch, 1, units]).reshape([batch, units]);
    const logits = tf.matMul(last, weights.denseKernel as tf.Tensor2D).add(weights.denseBias);
    return tf.losses.sigmoidCrossEntropy(tf.tensor1d(labels), logits.reshape([batch])) as tf.Scalar;
  };

  const run = async (data: StepBatch): Promise<number> => {
    const { value, grads } = tf.variableGrads(() => lossOf(data), variables);
    const gradients = variables.map(({ name }) => grads[name]!);
    if (clipnorm !== undefined) {
      const { squares } = await read([], gradients);
      await clip(gradients, squares.map(Math.sqrt), { kind: 'clipnorm', value: clipnorm });
    }
    optimizer.apply(gradients, ADAM.learningRate);
    tf.dispose(gradients);
    return finished(value, weights.denseBias);
  };
  return { run };
}
