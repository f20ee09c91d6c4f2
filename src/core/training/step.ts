import * as tf from '@tensorflow/tfjs';
import type { Batch } from '../dataset/batch/batcher.ts';
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

/** One gradient step. Returns loss and accuracy of the batch as they were before the update. */
export async function trainStep(
  model: tf.LayersModel,
  optimizer: tf.Optimizer,
  batch: Batch,
): Promise<Metrics> {
  const { ids, labels } = batchTensors(batch);
  let accuracy: tf.Scalar | undefined;
  const loss = optimizer.minimize(() => {
    const logits = model.apply(ids, { training: true }) as tf.Tensor;
    // Kept, because the optimiser clears away everything but the loss.
    accuracy = tf.keep(binaryAccuracy(labels, logits));
    return binaryCrossentropy(labels, logits);
  }, true) as tf.Scalar;
  const metrics = tf.stack([loss, accuracy!]);
  tf.dispose([ids, labels, loss, accuracy!]);
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
