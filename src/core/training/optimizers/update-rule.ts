import type * as tf from '@tensorflow/tfjs';

/** How an optimizer changes one variable. */
export interface UpdateRule {
  /** Names of what it remembers of a variable's gradients, each of the variable's shape. */
  readonly slots: readonly string[];
  /**
   * One step in place.
   *
   * @param slots in the order of the names, zeros before the first step
   * @param iteration 1 for the first step
   */
  update(
    parameter: tf.Variable,
    slots: readonly tf.Variable[],
    gradient: tf.Tensor,
    learningRate: number,
    iteration: number,
  ): void;
}
