import * as tf from '@tensorflow/tfjs';
import type { StepBatch, StepShape } from './shape.ts';
import { finished } from './train-step.ts';
import type { TrainStep } from './train-step.ts';

/** The same step on TensorFlow.js's own layers and optimiser, on the current backend. */
export function createStockStep(shape: StepShape): TrainStep {
  const { batch, steps, vocabulary, embedding, units } = shape;
  const model = tf.sequential({
    layers: [
      tf.layers.embedding({
        inputDim: vocabulary,
        outputDim: embedding,
        batchInputShape: [batch, steps],
      }),
      // The default, an orthogonal matrix, takes long to make and is no part of a step.
      tf.layers.lstm({ units, recurrentInitializer: 'glorotUniform' }),
      tf.layers.dense({ units: 1 }),
    ],
  });
  const optimizer = tf.train.adam(1e-3);
  const lossOf = ({ ids, labels }: StepBatch): tf.Scalar => {
    const x = tf.tensor2d(ids, [batch, steps], 'int32');
    const logits = (model.apply(x, { training: true }) as tf.Tensor).reshape([batch]);
    return tf.losses.sigmoidCrossEntropy(tf.tensor1d(labels), logits) as tf.Scalar;
  };
  const last = model.trainableWeights.at(-1)!.read() as tf.Variable;
  const run = (data: StepBatch): Promise<number> => {
    const loss = tf.tidy(() => {
      const { value, grads } = tf.variableGrads(() => lossOf(data));
      optimizer.applyGradients(Object.entries(grads).map(([name, tensor]) => ({ name, tensor })));
      return value;
    });
    return finished(loss, last);
  };
  return { run };
}
