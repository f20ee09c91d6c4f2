import * as tf from '@tensorflow/tfjs';
import type { Batch } from '../dataset/batch/batcher.ts';
import { evaluateScores, scoreReviews } from '../training/evaluation/evaluate.ts';
import type { Evaluation } from '../training/evaluation/evaluate.ts';
import { GATE_NAMES } from './recurrent-layers.ts';
import type { RecurrentLayer } from './recurrent-layers.ts';
import type { AskOptions } from './variants.ts';

/** The gates of an LSTM, by the names of its equations. */
export const VALVES = ['f', 'i', 'o'] as const;
export type Valve = (typeof VALVES)[number];

/** Beyond this a sigmoid is 0 or 1 to all digits of a float32. */
const SHUT = 30;

/**
 * Runs something while a gate of an LSTM has the same value at every timestep, for every unit,
 * whatever it reads: its columns of both kernels are 0, and its bias is what the gate's activation
 * turns into that value. The weights are as before when it returns.
 *
 * @param value 0 (shut) to 1 (open)
 * @throws RangeError for another value, or a layer without that gate or without a bias
 */
export function withClampedGate<T>(
  { name, cell, units, gateActivation, variables }: RecurrentLayer,
  gate: Valve,
  value: number,
  run: () => T,
): T {
  const { kernel, recurrentKernel, bias } = variables;
  if (!(value >= 0 && value <= 1)) throw new RangeError(`A gate is from 0 to 1, not ${value}.`);
  if (cell !== 'LSTM' || !bias) {
    throw new RangeError(`${name} is no LSTM with a bias: it has no such gate to hold.`);
  }
  const block = GATE_NAMES[cell].indexOf(gate) * units;
  const held = Float32Array.from({ length: 4 * units }, (_, column) =>
    column >= block && column < block + units ? 0 : 1,
  );
  const level = gateActivation === 'hardSigmoid' ? 5 * (value - 0.5) : logit(value);
  const changed = [kernel, recurrentKernel, bias];
  const before = changed.map((variable) => variable.clone());
  try {
    tf.tidy(() => {
      const others = tf.tensor1d(held);
      for (const variable of changed) variable.assign(variable.mul(others));
      bias.assign(bias.add(others.mul(-level).add(level)));
    });
    return run();
  } finally {
    changed.forEach((variable, i) => variable.assign(before[i]!));
    tf.dispose(before);
  }
}

function logit(value: number): number {
  return Math.max(-SHUT, Math.min(SHUT, Math.log(value / (1 - value))));
}

/** How a model does on some reviews while a gate is held. */
export interface ClampedGate {
  readonly value: number;
  readonly evaluation: Evaluation;
}

/**
 * Judges reviews with a gate held at each of some values.
 *
 * @throws RangeError as {@link withClampedGate} does, or without a review; the signal's reason
 */
export async function clampGate(
  model: tf.LayersModel,
  layer: RecurrentLayer,
  gate: Valve,
  values: readonly number[],
  batches: readonly Batch[],
  { signal, onProgress }: AskOptions = {},
): Promise<ClampedGate[]> {
  let done = 0;
  const mayGoOn = async (): Promise<boolean> => {
    onProgress?.(done++ / (values.length * batches.length));
    return !signal?.aborted;
  };
  const clamped: ClampedGate[] = [];
  for (const value of values) {
    const around = <T>(run: () => T): T => withClampedGate(layer, gate, value, run);
    const scores = await scoreReviews(model, batches, { mayGoOn, around });
    if (!scores) throw signal!.reason;
    clamped.push({ value, evaluation: evaluateScores(scores) });
  }
  return clamped;
}
