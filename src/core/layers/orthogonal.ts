import * as tf from '@tensorflow/tfjs';
import { createRandom } from '../random.ts';
import type { Random } from '../random.ts';

/** TensorFlow.js's initializer: the parts that are read here. */
interface StockOrthogonal {
  readonly gain: number;
  readonly seed?: number | null;
  apply(shape: tf.Shape, dtype?: tf.DataType): tf.Tensor;
}

/**
 * Lets TensorFlow.js's Orthogonal initializer, every recurrent kernel's own, work in plain numbers:
 * its QR decomposition goes through tensors column by column, which takes seconds for 64 units and a
 * minute for 128.
 */
const prototype: StockOrthogonal = Object.getPrototypeOf(tf.initializers.orthogonal({}));
prototype.apply = function apply(this: StockOrthogonal, shape, dtype = 'float32') {
  if (shape.length < 2) {
    throw new RangeError(`Orthogonal: the shape is [${shape}], but must have two axes or more`);
  }
  const columns = shape.at(-1)!;
  const rows = tf.util.sizeFromShape(shape as number[]) / columns;
  const random = createRandom(this.seed ?? Math.floor(Math.random() * 2 ** 32));
  return tf.tensor(orthogonal(rows, columns, this.gain, random), shape as number[], dtype);
};

/**
 * A random matrix whose rows, or columns if they are fewer, stand at right angles to each other and
 * have the length `gain` (Saxe, McClelland & Ganguli, ICLR 2014). Uniform over all such matrices: it
 * is what Gram and Schmidt leave of a matrix of normal numbers.
 *
 * @returns [rows, columns], row-major
 */
export function orthogonal(
  rows: number,
  columns: number,
  gain: number,
  random: Random,
): Float32Array {
  const [count, length] = [Math.min(rows, columns), Math.max(rows, columns)];
  const basis: Float64Array[] = [];
  while (basis.length < count) {
    const vector = Float64Array.from({ length }, () => normal(random));
    // Twice: the second time takes away what rounding left.
    for (const known of [...basis, ...basis]) addScaled(vector, known, -dot(vector, known));
    const size = Math.sqrt(dot(vector, vector));
    basis.push(vector.map((value) => value / size));
  }
  const out = new Float32Array(rows * columns);
  const [down, across] = rows <= columns ? [columns, 1] : [1, columns];
  for (const [i, vector] of basis.entries()) {
    for (const [j, value] of vector.entries()) out[i * down + j * across] = gain * value;
  }
  return out;
}

/** One number of the standard normal distribution (Box & Muller, 1958). */
function normal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
  return radius * Math.cos(2 * Math.PI * random.next());
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function addScaled(to: Float64Array, from: Float64Array, factor: number): void {
  for (let i = 0; i < to.length; i++) to[i]! += factor * from[i]!;
}
