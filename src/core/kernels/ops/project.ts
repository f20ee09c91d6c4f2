import * as tf from '@tensorflow/tfjs';
import { KernelShapeError } from '../spec/recurrent.ts';
import { distinctRows } from './distinct-rows.ts';
import { areAtHand, idsAtHand } from './known-ids.ts';

/** What a recurrent layer reads: vectors, or words with their embeddings. */
export type RecurrentInput = DenseInput | TokenInput | DistinctTokenInput;

export interface DenseInput {
  /** [B, T, E] */
  readonly x: tf.Tensor3D;
}

/** Words. If their values are out of the CPU's reach (see `idTensor`), {@link DistinctTokenInput} is faster. */
export interface TokenInput {
  /** [B, T]: int32, or float32 as models of TensorFlow.js hand their inputs on. */
  readonly ids: tf.Tensor2D;
  /** [V, E] */
  readonly embeddings: tf.Tensor2D;
}

/** Words, whose distinct ones the caller found in the batch's plain ids by `distinctRows`. */
export interface DistinctTokenInput {
  /** int32 [R] */
  readonly distinct: tf.Tensor1D;
  /** int32 [B, T] */
  readonly rows: tf.Tensor2D;
  /** [V, E] */
  readonly embeddings: tf.Tensor2D;
}

/** The input's share of the gates. */
export interface Projected {
  /** [R, G·U], bias included. */
  readonly projections: tf.Tensor2D;
  /** int32 [B, T]: the row that each timestep reads. None: each reads its own. */
  readonly rows: tf.Tensor2D | undefined;
  readonly batch: number;
}

/**
 * Computes `x · W + b` for all timesteps with one matrix product, and for words only once each.
 *
 * @throws KernelShapeError naming the input whose shape does not fit
 */
export function project(
  input: RecurrentInput,
  kernel: tf.Tensor2D,
  bias: tf.Tensor1D | undefined,
  width: number,
): Projected {
  const { vectors, rows, batch } = vectorsOf(input);
  expectShape('kernel', kernel, [vectors.shape[1], width]);
  const projections = tf.fused.matMul({ a: vectors, b: kernel, ...(bias ? { bias } : {}) });
  return { projections: projections as tf.Tensor2D, rows, batch };
}

interface Vectors {
  /** [R, E] */
  readonly vectors: tf.Tensor2D;
  readonly rows: tf.Tensor2D | undefined;
  readonly batch: number;
}

function vectorsOf(input: RecurrentInput): Vectors {
  if ('x' in input) {
    const [batch, steps, size] = atLeastOne('x', input.x);
    return { vectors: input.x.reshape([batch! * steps!, size!]), rows: undefined, batch: batch! };
  }
  if ('distinct' in input) {
    const [batch] = atLeastOne('rows', input.rows);
    const vectors = tf.gather(input.embeddings, input.distinct);
    return { vectors, rows: input.rows, batch: batch! };
  }
  const { ids, embeddings } = input;
  const [batch] = atLeastOne('ids', ids);
  const values = idsAtHand(ids);
  if (values) {
    const { distinct, rows } = distinctRows(values, embeddings.shape[0]);
    return {
      vectors: tf.gather(embeddings, tf.tensor1d(distinct, 'int32')),
      rows: tf.tensor2d(rows, ids.shape, 'int32'),
      batch: batch!,
    };
  }
  // The ids are out of reach. Without them, the fewer: the whole vocabulary, or every timestep.
  const numbers = tf.cast(ids, 'int32') as tf.Tensor2D;
  if (sparesVectors(input)) return { vectors: embeddings, rows: numbers, batch: batch! };
  return { vectors: tf.gather(embeddings, numbers.flatten()), rows: undefined, batch: batch! };
}

/** Whether words are fewer to project here than the vectors that were looked up for every timestep. */
export function sparesVectors({ ids, embeddings }: TokenInput): boolean {
  return areAtHand(ids) || embeddings.shape[0] <= ids.size;
}

function atLeastOne(name: string, { shape }: tf.Tensor): readonly number[] {
  if (shape.includes(0)) {
    throw new KernelShapeError('recurrent', name, `is [${shape}], each must be at least 1`);
  }
  return shape;
}

/** @throws KernelShapeError unless an input of the op has the shape that it needs */
export function expectShape(
  name: string,
  { shape }: tf.Tensor,
  wanted: readonly number[],
  kernel = 'recurrent',
): void {
  if (!tf.util.arraysEqual(shape, [...wanted])) {
    throw new KernelShapeError(kernel, name, `is [${shape}], must be [${wanted}]`);
  }
}
