import type * as tf from '@tensorflow/tfjs';
import type { Preprocessing } from './preprocessing.ts';

/** A model with all that it takes to read a text: the two never part. */
export interface TrainedModel {
  /** One input; output: logits, shape [batch, 1]. */
  readonly model: tf.LayersModel;
  readonly preprocessing: Preprocessing;
  /** The words, or terms, that have an id or a column, in rank order. */
  readonly words: readonly string[];
  /** Of a weighted bag of words: each term's factor. Shape [words.length]. */
  readonly factors?: Float32Array;
}
