import type * as tf from '@tensorflow/tfjs';
import type { Batch } from '../dataset/batch/batcher.ts';
import { activationsOf } from '../training/telemetry/state-watch.ts';
import { yieldToEvents } from '../yield-to-events.ts';
import type { RecurrentLayer } from './recurrent-layers.ts';
import type { AskOptions } from './variants.ts';

/** The strongest moments of a layer's units over some reviews. [reviews, U], row-major. */
export interface UnitExtremes {
  readonly units: number;
  /** Row numbers in the source. [reviews] */
  readonly rows: Uint32Array;
  /** Highest state of each unit in each review, and how many ids had been read by then, from 1. */
  readonly highest: Float32Array;
  readonly highestAt: Uint16Array;
  readonly lowest: Float32Array;
  readonly lowestAt: Uint16Array;
}

/** A review in which a unit goes far up or down. */
export interface UnitReview {
  readonly row: number;
  /** The unit's state there. */
  readonly value: number;
  /** Place of the id that was read, from 0. */
  readonly at: number;
}

/**
 * Looks for the strongest moments of every unit of a layer. Padding is passed over.
 *
 * @param padding the side of the batches that is padded
 * @throws the signal's reason
 */
export async function unitExtremes(
  model: tf.LayersModel,
  { name, units }: RecurrentLayer,
  batches: readonly Batch[],
  padding: 'pre' | 'post',
  { signal, onProgress }: AskOptions = {},
): Promise<UnitExtremes> {
  const count = batches.reduce((sum, { rows }) => sum + rows.length, 0);
  const found: UnitExtremes = {
    units,
    rows: new Uint32Array(count),
    highest: new Float32Array(count * units).fill(-Infinity),
    highestAt: new Uint16Array(count * units),
    lowest: new Float32Array(count * units).fill(Infinity),
    lowestAt: new Uint16Array(count * units),
  };
  let review = 0;
  for (const { ids, shape, lengths, rows } of batches) {
    const seen = await activationsOf(model, { ids, shape });
    const layer = seen.find((one) => one.layer === name);
    if (!layer) throw new RangeError(`Nobody sees the states of ${name}.`);
    const [, width] = shape;
    rows.forEach((row, i) => {
      const first = i * width + (padding === 'pre' ? width - lengths[i]! : 0);
      found.rows[review] = row;
      takeReview(found, review++, layer.h, first, lengths[i]!);
    });
    onProgress?.(review / count);
    await yieldToEvents();
    signal?.throwIfAborted();
  }
  return found;
}

function takeReview(
  { units, highest, highestAt, lowest, lowestAt }: UnitExtremes,
  review: number,
  h: Float32Array,
  first: number,
  length: number,
): void {
  for (let at = 0; at < length; at++) {
    for (let unit = 0; unit < units; unit++) {
      const value = h[(first + at) * units + unit]!;
      const cell = review * units + unit;
      if (value > highest[cell]!) {
        highest[cell] = value;
        highestAt[cell] = at;
      }
      if (value < lowest[cell]!) {
        lowest[cell] = value;
        lowestAt[cell] = at;
      }
    }
  }
}

/** The reviews in which a unit goes farthest up, and farthest down. */
export function topReviews(
  { units, rows, highest, highestAt, lowest, lowestAt }: UnitExtremes,
  unit: number,
  count: number,
): { readonly highest: UnitReview[]; readonly lowest: UnitReview[] } {
  if (!(Number.isInteger(unit) && unit >= 0 && unit < units)) {
    throw new RangeError(`There are the units 0 to ${units - 1}, but not ${unit}.`);
  }
  const pick = (values: Float32Array, places: Uint16Array, sign: 1 | -1): UnitReview[] =>
    [...rows.keys()]
      .filter((review) => Number.isFinite(values[review * units + unit]!))
      .sort((a, b) => sign * (values[b * units + unit]! - values[a * units + unit]!))
      .slice(0, count)
      .map((review) => ({
        row: rows[review]!,
        value: values[review * units + unit]!,
        at: places[review * units + unit]!,
      }));
  return { highest: pick(highest, highestAt, 1), lowest: pick(lowest, lowestAt, -1) };
}
