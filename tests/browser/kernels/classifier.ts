import * as tf from '@tensorflow/tfjs';
import type { Batch } from '../../../src/core/dataset/batch/batcher.ts';
import { idTensor } from '../../../src/core/kernels/ops/known-ids.ts';
import type { StepShape } from './protocol.ts';

/** A classifier made of TensorFlow.js's layers. */
export interface Classifier {
  readonly model: tf.LayersModel;
  /** One step with Adam. Gives the loss before it, once every weight has its new value. */
  readonly train: (batch: Batch) => Promise<number>;
}

/** Equal shapes give equal weights. */
export function makeClassifier({ steps, units, words, size }: StepShape): Classifier {
  const initializer = (seed: number) => tf.initializers.glorotUniform({ seed });
  const input = tf.input({ shape: [steps], dtype: 'int32' });
  const layers = [
    tf.layers.embedding({
      inputDim: words,
      outputDim: size,
      embeddingsInitializer: initializer(1),
    }),
    tf.layers.lstm({
      units,
      recurrentActivation: 'sigmoid',
      kernelInitializer: initializer(2),
      recurrentInitializer: initializer(3),
    }),
    tf.layers.dense({ units: 1, kernelInitializer: initializer(4) }),
  ];
  const outputs = layers.reduce((x, layer) => layer.apply(x) as tf.SymbolicTensor, input);
  const model = tf.model({ inputs: input, outputs });
  // By default, epsilon depends on the backend.
  const optimizer = tf.train.adam(1e-2, 0.9, 0.999, 1e-7);
  return { model, train: (batch) => step(model, optimizer, batch) };
}

async function step(model: tf.LayersModel, optimizer: tf.Optimizer, batch: Batch): Promise<number> {
  const loss = tf.tidy(() => {
    const ids = idTensor(batch.ids, batch.shape);
    const labels = tf.tensor2d(batch.labels, [batch.labels.length, 1]);
    const { value, grads } = tf.variableGrads(() =>
      tf.losses.sigmoidCrossEntropy(labels, model.apply(ids, { training: true }) as tf.Tensor),
    );
    optimizer.applyGradients(grads);
    return value;
  });
  const [value] = await loss.data();
  loss.dispose();
  await model.trainableWeights.at(-1)!.read().data();
  return value!;
}
