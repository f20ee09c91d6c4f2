import type * as tf from '@tensorflow/tfjs';
import type { Preprocessing } from './preprocessing.ts';

/** A model with all that it takes to read a text: the two never part. */
export interface TrainedModel {
  /** Input: ids, int32 [batch, time]; output: logits, [batch, 1]. */
  readonly model: tf.LayersModel;
  readonly preprocessing: Preprocessing;
  /** The words that have an id, in rank order; there may be more, without one. */
  readonly words: readonly string[];
  /** Two word ids for each pair that has an id, in the order of their ids. Shape [bigrams, 2]. */
  readonly bigrams?: Uint32Array;
}
