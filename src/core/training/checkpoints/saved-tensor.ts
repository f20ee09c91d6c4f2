import * as tf from '@tensorflow/tfjs';
import { readValues } from '../../kernels/failure.ts';

/** A float32 tensor in the CPU's memory, out of reach of any backend. */
export interface SavedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** A checkpoint does not belong to this model. */
export class CheckpointMismatchError extends Error {
  override readonly name = 'CheckpointMismatchError';
}

/** Copies variables as they are now, even if they change before the promise resolves. */
export async function saveTensors(
  variables: readonly tf.Tensor[],
  names: readonly string[],
): Promise<SavedTensor[]> {
  const held = variables.map((variable) => variable.clone());
  try {
    const values = await Promise.all(held.map(readValues));
    return held.map(({ shape }, i) => ({ name: names[i]!, shape, values: values[i]! }));
  } finally {
    tf.dispose(held);
  }
}

/**
 * Gives variables their saved values, on the current backend.
 *
 * @throws CheckpointMismatchError naming the first whose shape differs; nothing is changed then
 */
export function restoreTensors(
  variables: readonly tf.Variable[],
  saved: readonly SavedTensor[],
): void {
  if (saved.length !== variables.length) {
    throw new CheckpointMismatchError(
      `The checkpoint holds ${saved.length} tensors, but the model needs ${variables.length}.`,
    );
  }
  variables.forEach(({ shape }, i) => {
    const { name, shape: other } = saved[i]!;
    if (tf.util.arraysEqual(shape, [...other])) return;
    throw new CheckpointMismatchError(
      `${name} is [${other}] in the checkpoint, but [${shape}] in the model.`,
    );
  });
  tf.tidy(() => {
    variables.forEach((variable, i) => {
      variable.assign(tf.tensor(saved[i]!.values, variable.shape, 'float32'));
    });
  });
}
