import * as tf from '@tensorflow/tfjs';
import { restoreTensors, saveTensors } from '../checkpoints/saved-tensor.ts';
import type { SavedTensor } from '../checkpoints/saved-tensor.ts';
import { mix, replace } from '../numbers/mix.ts';
import type { Trainable } from '../step/model-variables.ts';

/**
 * The exponential moving average of weights, as Keras's `use_ema`: the first step's weights, then
 * `momentum` · average + (1 − momentum) · weights after each step.
 */
export class WeightAverage {
  readonly #momentum: number;
  readonly #trainables: readonly Trainable[];
  readonly #averages: readonly tf.Variable[];
  #begun = false;

  constructor(momentum: number, trainables: readonly Trainable[]) {
    this.#momentum = momentum;
    this.#trainables = trainables;
    this.#averages = trainables.map(({ variable }) => tf.variable(variable, false));
  }

  /** Takes in the weights as they are now. */
  update(): void {
    const momentum = this.#begun ? this.#momentum : 0;
    this.#averages.forEach((average, i) => {
      const { variable } = this.#trainables[i]!;
      replace(average, mix(momentum, average, 1 - momentum, variable));
    });
    this.#begun = true;
  }

  /** Runs something while the model has the averages for weights. */
  during<T>(run: () => T): T {
    const weights = this.#trainables.map(({ variable }) => variable.clone());
    try {
      this.settle();
      return run();
    } finally {
      this.#assign(weights);
      tf.dispose(weights);
    }
  }

  /** Gives the model the averages for good. */
  settle(): void {
    this.#assign(this.#averages);
  }

  save(): Promise<SavedTensor[]> {
    return saveTensors(
      this.#averages,
      this.#trainables.map(({ name }) => name),
    );
  }

  /** @throws CheckpointMismatchError */
  restore(saved: readonly SavedTensor[]): void {
    restoreTensors(this.#averages, saved);
    this.#begun = true;
  }

  dispose(): void {
    tf.dispose([...this.#averages]);
  }

  #assign(values: readonly tf.Tensor[]): void {
    this.#trainables.forEach(({ variable }, i) => variable.assign(values[i]!));
  }
}
