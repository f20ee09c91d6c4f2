import * as tf from '@tensorflow/tfjs';
import { distinctRows } from '../kernels/ops/distinct-rows.ts';
import { SimdBackend } from '../kernels/simd/backend.ts';
import { recurrent } from '../kernels/ops/recurrent.ts';
import { createAdam } from './adam.ts';
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

export interface FusedStepOptions {
  /** Skips padding. Otherwise it is read like a word. */
  readonly masked?: boolean;
  /** Largest norm of each variable's gradient, on `simd` alone. Otherwise none is clipped. */
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
  const adam = createAdam(variables);

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

  const run = (data: StepBatch): Promise<number> => {
    const loss = tf.tidy(() => {
      const { value, grads } = tf.variableGrads(() => lossOf(data), variables);
      if (clipnorm !== undefined) {
        for (const gradient of Object.values(grads)) clip(gradient, clipnorm);
      }
      adam(grads);
      return value;
    });
    return finished(loss, weights.denseBias);
  };
  return { run };
}

/** Shortens a gradient that is longer than `clipnorm`, as Keras does, in place. */
function clip(gradient: tf.Tensor, clipnorm: number): void {
  const backend = tf.backend();
  if (!(backend instanceof SimdBackend)) {
    throw new TypeError(`clipnorm: the backend is ${tf.getBackend()}, must be simd`);
  }
  const values = backend.heap.floats(backend.address(gradient), gradient.size);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += values[i]! * values[i]!;
  const scale = clipnorm / Math.sqrt(squares);
  if (scale >= 1) return;
  for (let i = 0; i < values.length; i++) values[i]! *= scale;
}
