import * as tf from '@tensorflow/tfjs';
import { type Batch, SHAPE } from './batch.ts';

/** The same step on tfjs's own layers and optimizer, on the current backend. */
export function stockStep({ ids, labels }: Batch): () => void {
  const { batch, steps, vocabulary, embedding, units } = SHAPE;
  const model = tf.sequential({
    layers: [
      tf.layers.embedding({
        inputDim: vocabulary,
        outputDim: embedding,
        batchInputShape: [batch, steps],
      }),
      tf.layers.lstm({ units, recurrentInitializer: 'glorotUniform' }),
      tf.layers.dense({ units: 1 }),
    ],
  });
  const optimizer = tf.train.adam(1e-3);
  return () =>
    tf.tidy(() => {
      const x = tf.tensor2d(ids, [batch, steps], 'int32');
      const y = tf.tensor1d(labels);
      const { grads } = tf.variableGrads(() => {
        const logits = (model.apply(x, { training: true }) as tf.Tensor).reshape([batch]);
        return tf.losses.sigmoidCrossEntropy(y, logits) as tf.Scalar;
      });
      optimizer.applyGradients(grads as tf.NamedVariableMap);
    });
}
