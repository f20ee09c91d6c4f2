import * as tf from '@tensorflow/tfjs';
import { restoreTensors, saveTensors } from '../checkpoints/saved-tensor.ts';
import type { SavedTensor } from '../checkpoints/saved-tensor.ts';
import type { OptimizerSettings } from '../settings.ts';
import { adam } from './adam.ts';
import { rmsprop } from './rmsprop.ts';
import { sgd } from './sgd.ts';
import type { UpdateRule } from './update-rule.ts';

/** What an optimizer needs to go on where it was. */
export interface OptimizerState {
  readonly name: OptimizerSettings['name'];
  /** Steps taken. */
  readonly iterations: number;
  /** Of the first variable all, then of the second, and so on. */
  readonly slots: readonly SavedTensor[];
}

/** Changes variables by their gradients, on whatever backend is current. */
export class Optimizer {
  readonly #name: OptimizerSettings['name'];
  readonly #rule: UpdateRule;
  readonly #variables: readonly tf.Variable[];
  /** For each variable. */
  readonly #slots: readonly (readonly tf.Variable[])[];
  #iterations = 0;

  constructor(settings: OptimizerSettings, variables: readonly tf.Variable[]) {
    this.#name = settings.name;
    this.#rule = ruleOf(settings);
    this.#variables = variables;
    this.#slots = variables.map(({ shape }) =>
      this.#rule.slots.map(() => tf.tidy(() => tf.variable(tf.zeros(shape), false))),
    );
  }

  /** One step. @param gradients one for each variable, of its shape; the caller disposes of them */
  apply(gradients: readonly tf.Tensor[], learningRate: number): void {
    this.#iterations++;
    this.#variables.forEach((variable, i) => {
      this.#rule.update(variable, this.#slots[i]!, gradients[i]!, learningRate, this.#iterations);
    });
  }

  /** What it holds now, even if it takes steps before the promise resolves. */
  async save(): Promise<OptimizerState> {
    const iterations = this.#iterations;
    const names = this.#variables.flatMap(({ name }) =>
      this.#rule.slots.map((slot) => `${name}/${slot}`),
    );
    const slots = await saveTensors(this.#slots.flat(), names);
    return { name: this.#name, iterations, slots };
  }

  /**
   * Takes up a state of the same kind of optimizer over variables of the same shapes. The state of
   * another kind is passed over: it says nothing to this one.
   *
   * @throws CheckpointMismatchError naming the first shape that differs
   */
  restore(state: OptimizerState): void {
    if (state.name !== this.#name) return;
    // SGD may gain or lose its momentum between runs.
    const slots = this.#slots.flat();
    if (state.slots.length > 0 && slots.length > 0) restoreTensors(slots, state.slots);
    this.#iterations = state.iterations;
  }

  dispose(): void {
    tf.dispose(this.#slots.flat());
  }
}

function ruleOf(settings: OptimizerSettings): UpdateRule {
  switch (settings.name) {
    case 'adam':
      return adam(settings);
    case 'rmsprop':
      return rmsprop(settings);
    case 'sgd':
      return sgd(settings);
  }
}
