import * as tf from '@tensorflow/tfjs';

/**
 * Mean binary cross-entropy from logits x and labels z, in the form that cannot overflow:
 * max(x, 0) − x z + log(1 + e^−|x|).
 *
 * @param smoothing moves the labels that far towards each other, as Keras's `label_smoothing`
 */
export function binaryCrossentropy(
  labels: tf.Tensor,
  logits: tf.Tensor,
  smoothing: number,
): tf.Scalar {
  return tf.losses.sigmoidCrossEntropy(labels, logits, undefined, smoothing);
}

/** The same of one review, on plain numbers. */
export function crossentropyOf(logit: number, label: number): number {
  return Math.max(logit, 0) - logit * label + Math.log1p(Math.exp(-Math.abs(logit)));
}

/** Share of logits whose sign agrees with the label. */
export function binaryAccuracy(labels: tf.Tensor, logits: tf.Tensor): tf.Scalar {
  return tf.equal(tf.greater(logits, 0).cast('float32'), labels).cast('float32').mean();
}
