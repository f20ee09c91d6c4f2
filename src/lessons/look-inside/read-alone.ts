import { inspectReview } from '../../core/inspect/inspect-review.ts';
import type { LayerInspection, ReviewInspection } from '../../core/inspect/inspect-review.ts';
import { runningLogits } from '../../core/inspect/running.ts';
import { readerOf } from '../../core/inspect/text-reader.ts';
import { readReview } from '../../core/inspect/timesteps.ts';
import type { ReadReview, Timestep } from '../../core/inspect/timesteps.ts';
import type { TrainedModel } from '../../core/models/trained-model.ts';

/** A review without its padding, as one network reads it. */
export interface AloneReading {
  readonly ids: readonly number[];
  /** The review as the network takes it, padding included, and what it does then. */
  readonly read: ReadReview;
  readonly review: ReviewInspection;
  readonly timesteps: readonly Timestep[];
  /** The last recurrent layer, over these timesteps. */
  readonly layer: LayerInspection;
  /** [T] */
  readonly running: Float32Array;
  /** Timesteps by how far the state moved there, the farthest first. */
  readonly jumps: readonly number[];
}

/** Reads a text with a model that masks its padding, or that has none here. */
export async function readAlone(trained: TrainedModel, text: string): Promise<AloneReading> {
  const read = readReview(readerOf(trained), trained.preprocessing, text);
  const review = await inspectReview(trained, read);
  const { layers, timesteps } = review;
  const layer = layers.at(-1)!;
  const running = await runningLogits(trained, read.ids);
  const { first, length } = read.row;
  const { units, h } = layer;
  const own = h.slice(first * units, (first + length) * units);
  const moved = (t: number): number =>
    Math.hypot(
      ...Array.from(
        { length: units },
        (_, u) => own[t * units + u]! - (own[(t - 1) * units + u] ?? 0),
      ),
    );
  const jumps = Array.from({ length }, (_, t) => t).sort((a, b) => moved(b) - moved(a));
  return {
    ids: read.ids,
    read,
    review,
    timesteps: timesteps.slice(first, first + length),
    layer: { ...layer, h: own },
    running,
    jumps,
  };
}
