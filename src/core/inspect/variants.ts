import type { TrainedModel } from '../models/trained-model.ts';
import { readValues } from '../kernels/failure.ts';
import { yieldToEvents } from '../yield-to-events.ts';
import { logitsOf, rowsOf } from './rows.ts';

/** How a long question can be followed and given up. */
export interface AskOptions {
  readonly signal?: AbortSignal;
  /** Told how far it is, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** Sequences that a model reads at a time. */
const BATCH = 32;

/**
 * The logit of each of many sequences of ids, in batches of like length. Between batches the thread's
 * other events run.
 *
 * @throws the signal's reason
 */
export async function logitsOfAll(
  { model, preprocessing }: TrainedModel,
  sequences: readonly ArrayLike<number>[],
  { signal, onProgress }: AskOptions = {},
): Promise<Float32Array> {
  const order = [...sequences.keys()].sort((a, b) => sequences[a]!.length - sequences[b]!.length);
  const logits = new Float32Array(sequences.length);
  for (let at = 0; at < order.length; at += BATCH) {
    const batch = order.slice(at, at + BATCH);
    const rows = rowsOf(
      batch.map((index) => sequences[index]!),
      preprocessing,
    );
    const output = logitsOf(model, rows);
    rows.dispose();
    try {
      const values = await readValues(output);
      batch.forEach((index, i) => (logits[index] = values[i]!));
    } finally {
      output.dispose();
    }
    onProgress?.(Math.min(1, (at + BATCH) / order.length));
    await yieldToEvents();
    signal?.throwIfAborted();
  }
  return logits;
}
