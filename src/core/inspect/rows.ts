import * as tf from '@tensorflow/tfjs';
import { idTensor } from '../kernels/ops/known-ids.ts';
import type { Preprocessing } from '../models/preprocessing.ts';
import { padSequences } from '../text/pad-sequences.ts';
import type { PaddedSequences } from '../text/pad-sequences.ts';

/** Masked rows are as wide as the batch's longest, rounded up: few widths mean few GPU programs. */
const WIDTH_STEP = 16;

type Sequence = ArrayLike<number>;

/** Ids of some reviews as a model takes them: `maxlen` wide, or less where padding is masked. */
export function padRows(
  sequences: readonly Sequence[],
  { maxlen, padding, padId, masked }: Preprocessing,
): PaddedSequences {
  const longest = sequences.reduce((most, { length }) => Math.max(most, length), 1);
  const width = Math.min(maxlen, Math.ceil(longest / WIDTH_STEP) * WIDTH_STEP);
  return padSequences(sequences, { maxlen: masked ? width : maxlen, padding, value: padId });
}

/** The same as a tensor, int32 [reviews, width]. */
export function rowsOf(sequences: readonly Sequence[], preprocessing: Preprocessing): tf.Tensor2D {
  const { ids, shape } = padRows(sequences, preprocessing);
  return idTensor(ids, shape);
}

/** One review as a model takes it. */
export interface ReviewRow {
  /** int32 [T]: padding included, unless it is masked. */
  readonly ids: Int32Array;
  /** The timestep of the review's first id. */
  readonly first: number;
  /** Ids that are no padding. */
  readonly length: number;
}

/** One review as a model takes it; where padding is masked, without any. At least one id wide. */
export function rowOf(sequence: Sequence, preprocessing: Preprocessing): ReviewRow {
  const { maxlen, padding, padId, masked } = preprocessing;
  const width = masked ? Math.max(1, Math.min(maxlen, sequence.length)) : maxlen;
  const { ids, lengths } = padSequences([sequence], { maxlen: width, padding, value: padId });
  const length = lengths[0]!;
  return { ids, first: padding === 'pre' ? width - length : 0, length };
}

/** The logits that a model gives for rows of ids, [rows]. */
export function logitsOf(model: tf.LayersModel, rows: tf.Tensor2D): tf.Tensor1D {
  return tf.tidy(() => (model.apply(rows, { training: false }) as tf.Tensor).flatten());
}
