import type * as tf from '@tensorflow/tfjs';
import { saveTensors } from '../training/checkpoints/saved-tensor.ts';
import type { SavedTensor } from '../training/checkpoints/saved-tensor.ts';
import { weightsOf } from '../training/step/model-variables.ts';

/** The weights of a model as they were after a step. */
export interface Moment {
  readonly step: number;
  readonly weights: readonly SavedTensor[];
}

/** Moments that are kept at most. */
const MOST = 64;
/** Bytes that they may take: as many moments as fit in. */
const BUDGET = 96 * 2 ** 20;
/** However large a model is, its beginning and its end can be compared. */
const LEAST = 4;

/**
 * Keeps the weights of a run at evenly spaced steps, from the first weights on. When there is no room
 * for more, every other moment is dropped, and from then on half as many are taken: a run of any
 * length is covered by at most {@link MOST}, or as many as fit into {@link BUDGET}.
 */
export class WeightHistory {
  #moments: Moment[] = [];
  #every = 1;

  get moments(): readonly Moment[] {
    return this.#moments;
  }

  /** Whether {@link WeightHistory.take} would keep the weights after a step. */
  wants(step: number): boolean {
    return step % this.#every === 0;
  }

  /** Copies the weights of a model after a step, unless they are not wanted. */
  async take(model: tf.LayersModel, step: number): Promise<void> {
    if (!this.wants(step)) return;
    const { variables, names } = weightsOf(model);
    const weights = await saveTensors(variables, names);
    // A run that goes back takes its later moments back too.
    this.#moments = [...this.#moments.filter((moment) => moment.step < step), { step, weights }];
    const bytes = weights.reduce((sum, { values }) => sum + values.byteLength, 0);
    const room = Math.max(LEAST, Math.min(MOST, Math.floor(BUDGET / Math.max(1, bytes))));
    while (this.#moments.length > room) this.#thin();
  }

  #thin(): void {
    this.#every *= 2;
    this.#moments = this.#moments.filter(({ step }) => this.wants(step));
  }
}
