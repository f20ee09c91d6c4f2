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

/** From 0 (shut) to 1 (open), for all units or of each, [U]. */
export type GateLevel = number | readonly number[];

/** Beyond this a sigmoid is 0 or 1 to all digits of a float32. */
const SHUT = 30;

/**
 * Runs something while a gate of an LSTM has the same value at every timestep, whatever it reads: its
 * columns of both kernels are 0, and its bias is what the gate's activation turns into that value. The
 * weights are as before when it returns.
 *
 * @throws RangeError for another value, or a layer without that gate or without a bias
 */
export function withClampedGate<T>(
  { name, cell, units, gateActivation, variables }: RecurrentLayer,
  gate: Valve,
  value: GateLevel,
  run: () => T,
): T {
  const { kernel, recurrentKernel, bias } = variables;
  const values = typeof value === 'number' ? Array.from({ length: units }, () => value) : value;
  const wrong = values.find((one) => !(one >= 0 && one <= 1));
  if (wrong !== undefined) throw new RangeError(`A gate is from 0 to 1, not ${wrong}.`);
  if (values.length !== units) {
    throw new RangeError(`${name} has ${units} units, not ${values.length}.`);
  }
  if (cell !== 'LSTM' || !bias) {
    throw new RangeError(`${name} is no LSTM with a bias: it has no such gate to hold.`);
  }
  const block = GATE_NAMES[cell].indexOf(gate) * units;
  const others = new Float32Array(4 * units).fill(1).fill(0, block, block + units);
  const levels = new Float32Array(4 * units);
  levels.set(
    values.map((one) => (gateActivation === 'hardSigmoid' ? 5 * (one - 0.5) : logit(one))),
    block,
  );
  const changed = [kernel, recurrentKernel, bias];
  const before = changed.map((variable) => variable.clone());
  try {
    tf.tidy(() => {
      const kept = tf.tensor1d(others);
      for (const variable of changed) variable.assign(variable.mul(kept));
      bias.assign(bias.add(levels));
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
export interface ClampedGate<Level extends GateLevel = number> {
  readonly value: Level;
  readonly evaluation: Evaluation;
}

/**
 * Judges reviews with a gate held at each of some values.
 *
 * @throws RangeError as {@link withClampedGate} does, or without a review; the signal's reason
 */
export async function clampGate<Level extends GateLevel>(
  model: tf.LayersModel,
  layer: RecurrentLayer,
  gate: Valve,
  values: readonly Level[],
  batches: readonly Batch[],
  { signal, onProgress }: AskOptions = {},
): Promise<ClampedGate<Level>[]> {
  let done = 0;
  const mayGoOn = async (): Promise<boolean> => {
    onProgress?.(done++ / (values.length * batches.length));
    return !signal?.aborted;
  };
  const clamped: ClampedGate<Level>[] = [];
  for (const value of values) {
    const around = <T>(run: () => T): T => withClampedGate(layer, gate, value, run);
    const scores = await scoreReviews(model, batches, { mayGoOn, around });
    if (!scores) throw signal!.reason;
    clamped.push({ value, evaluation: evaluateScores(scores) });
  }
  return clamped;
}
