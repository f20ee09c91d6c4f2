import * as tf from '@tensorflow/tfjs';
import type { Batch } from '../dataset/batch/batcher.ts';
import type { WeightUpdate } from './adam.ts';
import type { Metrics } from './events.ts';

/** Ids, int32 [batch, maxlen], and labels, float32 [batch, 1]. The caller disposes them. */
function batchTensors(batch: Batch): { ids: tf.Tensor2D; labels: tf.Tensor2D } {
  const [rows, maxlen] = batch.shape;
  return {
    ids: tf.tensor2d(batch.ids, [rows, maxlen], 'int32'),
    labels: tf.tensor2d(batch.labels, [rows, 1], 'float32'),
  };
}

/** Mean binary cross-entropy from logits, in the form that cannot overflow. */
function binaryCrossentropy(labels: tf.Tensor, logits: tf.Tensor): tf.Scalar {
  return tf.losses.sigmoidCrossEntropy(labels, logits);
}

/** Share of logits whose sign agrees with the label. */
function binaryAccuracy(labels: tf.Tensor, logits: tf.Tensor): tf.Scalar {
  return tf.equal(tf.greater(logits, 0).cast('float32'), labels).cast('float32').mean();
}

/** The variables that training changes. */
export function trainableVariables(model: tf.LayersModel): tf.Variable[] {
  return model.trainableWeights.map((weight) => weight.read() as tf.Variable);
}

/** One gradient step. Returns loss and accuracy of the batch as they were before the update. */
export async function trainStep(
  model: tf.LayersModel,
  update: WeightUpdate,
  batch: Batch,
): Promise<Metrics> {
  const { ids, labels } = batchTensors(batch);
  let accuracy: tf.Scalar | undefined;
  const { value: loss, grads } = tf.variableGrads(() => {
    const logits = model.apply(ids, { training: true }) as tf.Tensor;
    // Kept, because the tape clears away everything but the loss.
    accuracy = tf.keep(binaryAccuracy(labels, logits));
    return binaryCrossentropy(labels, logits);
  }, trainableVariables(model));
  update.apply(grads);
  const metrics = tf.stack([loss, accuracy!]);
  tf.dispose([ids, labels, loss, accuracy!, grads]);
  return readMetrics(metrics);
}

/** Loss and accuracy of a batch, without a step. */
export async function evaluateStep(model: tf.LayersModel, batch: Batch): Promise<Metrics> {
  const metrics = tf.tidy(() => {
    const { ids, labels } = batchTensors(batch);
    const logits = model.apply(ids, { training: false }) as tf.Tensor;
    return tf.stack([binaryCrossentropy(labels, logits), binaryAccuracy(labels, logits)]);
  });
  return readMetrics(metrics);
}

async function readMetrics(metrics: tf.Tensor): Promise<Metrics> {
  const [loss, accuracy] = await metrics.data();
  metrics.dispose();
  return { loss: loss!, accuracy: accuracy! };
}
