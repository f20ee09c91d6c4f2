import type * as tf from '@tensorflow/tfjs';
import type { StepBatch } from './shape.ts';

/** One training step: from a batch's plain ids to the updated weights, with all of it done. */
export interface TrainStep {
  /** @returns the batch's loss before the update */
  run(batch: StepBatch): Promise<number>;
}

/**
 * Waits for a step. Backends work through their commands in order, so the step is done when what it
 * updated last can be read.
 */
export async function finished(loss: tf.Scalar, updatedLast: tf.Variable): Promise<number> {
  const [[value]] = await Promise.all([loss.data(), updatedLast.data()]);
  loss.dispose();
  return value!;
}
