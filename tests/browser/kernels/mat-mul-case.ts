import * as tf from '@tensorflow/tfjs';
import { relativeError } from '../../unit/kernels/recurrent-cases.ts';
import type { Answers, Question } from './protocol.ts';

/** A product of matrices on the current backend, twice, against a plain loop in float64. */
export async function matMulErrors({
  rows,
  columns,
  depth,
  transposed,
  biased,
}: Question<'matMul'>): Promise<Omit<Answers['matMul'], 'complaints'>> {
  const wave = (length: number, seed: number) =>
    Float32Array.from({ length }, (_, i) => Math.sin(12.9898 * i + seed));
  const [left, right, row] = [wave(rows * depth, 1), wave(depth * columns, 2), wave(columns, 3)];
  const leftAt = (i: number, k: number) =>
    left[transposed === 'left' ? k * rows + i : i * depth + k]!;
  const rightAt = (k: number, j: number) =>
    right[transposed === 'right' ? j * depth + k : k * columns + j]!;
  const expected = Float64Array.from({ length: rows * columns }, (_, index) => {
    const [i, j] = [Math.floor(index / columns), index % columns];
    let sum = biased ? row[j]! : 0;
    for (let k = 0; k < depth; k++) sum += leftAt(i, k) * rightAt(k, j);
    return sum;
  });

  const a = tf.tensor2d(left, transposed === 'left' ? [depth, rows] : [rows, depth]);
  const b = tf.tensor2d(right, transposed === 'right' ? [columns, depth] : [depth, columns]);
  const bias = tf.tensor1d(row);
  const multiply = async (): Promise<Float32Array> => {
    const product = tf.fused.matMul({
      a,
      b,
      transposeA: transposed === 'left',
      transposeB: transposed === 'right',
      ...(biased && { bias }),
    });
    const values = await product.data<'float32'>();
    product.dispose();
    return values;
  };
  const [first, second] = [await multiply(), await multiply()];
  tf.dispose([a, b, bias]);
  return {
    error: relativeError(first, expected),
    unstable: first.some((value, i) => value !== second[i]),
  };
}
