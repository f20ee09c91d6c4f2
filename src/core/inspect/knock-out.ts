import * as tf from '@tensorflow/tfjs';
import type { Batch } from '../dataset/batch/batcher.ts';
import { GATES } from '../kernels/spec/recurrent-contract.ts';
import { evaluateScores, scoreReviews } from '../training/evaluation/evaluate.ts';
import type { Evaluation } from '../training/evaluation/evaluate.ts';
import type { RecurrentLayer } from './recurrent-layers.ts';
import type { AskOptions } from './variants.ts';

/** The block of the gate axis that makes the new state, or the candidate for it. */
const CANDIDATE = { SimpleRNN: 0, LSTM: 2, GRU: 2 } as const;

/**
 * Runs something while some units of a layer are silent: their state is 0 at every timestep. Their
 * columns of the candidate are set to 0; then tanh, ReLU or nothing of it is 0, and a state that
 * starts at 0 stays there. The weights are as before when it returns.
 *
 * @throws RangeError for a unit that the layer does not have
 */
export function withoutUnits<T>(
  { cell, units, name, variables }: RecurrentLayer,
  silent: readonly number[],
  run: () => T,
): T {
  const stray = silent.find((unit) => !(Number.isInteger(unit) && unit >= 0 && unit < units));
  if (stray !== undefined) {
    throw new RangeError(`${name} has the units 0 to ${units - 1}, but not ${stray}.`);
  }
  const keep = new Float32Array(GATES[cell] * units).fill(1);
  for (const unit of silent) keep[CANDIDATE[cell] * units + unit] = 0;
  const { kernel, recurrentKernel, bias } = variables;
  const changed = bias ? [kernel, recurrentKernel, bias] : [kernel, recurrentKernel];
  const before = changed.map((variable) => variable.clone());
  try {
    tf.tidy(() => {
      const mask = tf.tensor1d(keep);
      for (const variable of changed) variable.assign(variable.mul(mask));
    });
    return run();
  } finally {
    changed.forEach((variable, i) => variable.assign(before[i]!));
    tf.dispose(before);
  }
}

/** How a model does on some reviews as it is, and without some units. */
export interface KnockOut {
  readonly whole: Evaluation;
  readonly without: Evaluation;
}

/**
 * Judges reviews with and without some units of a layer.
 *
 * @throws RangeError for a unit that the layer does not have, or without a review; the signal's reason
 */
export async function knockOut(
  model: tf.LayersModel,
  layer: RecurrentLayer,
  units: readonly number[],
  batches: readonly Batch[],
  { signal, onProgress }: AskOptions = {},
): Promise<KnockOut> {
  let done = 0;
  const mayGoOn = async (): Promise<boolean> => {
    onProgress?.(done++ / (2 * batches.length));
    return !signal?.aborted;
  };
  const judge = async (around: <T>(run: () => T) => T): Promise<Evaluation> => {
    const scores = await scoreReviews(model, batches, { mayGoOn, around });
    if (!scores) throw signal!.reason;
    return evaluateScores(scores);
  };
  const whole = await judge((run) => run());
  const without = await judge((run) => withoutUnits(layer, units, run));
  return { whole, without };
}
