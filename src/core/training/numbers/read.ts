import * as tf from '@tensorflow/tfjs';
import { readValues } from '../../kernels/failure.ts';
import { hostValues } from './host-values.ts';

export interface Readings {
  /** One for each scalar. */
  readonly values: readonly number[];
  /** The sum of squares of each tensor. */
  readonly squares: readonly number[];
}

/**
 * Reads scalars, and the sums of squares of tensors: in place where the CPU can, and otherwise with
 * one round trip for all of them.
 */
export async function read(
  scalars: readonly tf.Scalar[],
  tensors: readonly tf.Tensor[],
): Promise<Readings> {
  const onHost = [...scalars, ...tensors].every((tensor) => hostValues(tensor) !== undefined);
  if (onHost) {
    return {
      values: scalars.map((scalar) => hostValues(scalar)![0]!),
      squares: tensors.map((tensor) => sumOfSquares(hostValues(tensor)!)),
    };
  }
  const all = tf.tidy(() => tf.stack([...scalars, ...tensors.map((x) => x.square().sum())]));
  try {
    const numbers = Array.from(await readValues(all));
    return { values: numbers.slice(0, scalars.length), squares: numbers.slice(scalars.length) };
  } finally {
    all.dispose();
  }
}

function sumOfSquares(values: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * values[i]!;
  return sum;
}
