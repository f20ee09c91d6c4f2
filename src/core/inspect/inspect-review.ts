import type { TrainedModel } from '../models/trained-model.ts';
import { logitGradient } from './logit-gradient.ts';
import { NoNumbersError } from './predictor.ts';
import { statePath } from './state-path.ts';
import type { StatePath } from './state-path.ts';
import { statesOf } from './states.ts';
import type { LayerStates } from './states.ts';
import type { ReadReview, Timestep } from './timesteps.ts';
import { unitOrder } from './unit-order.ts';
import type { UnitOrder } from './unit-order.ts';

/** What a recurrent layer does while it reads a review, and what each of its states is worth. */
export interface LayerInspection extends LayerStates {
  /** ∂logit/∂h_t: [T, U], row-major. */
  readonly gradient: Float32Array;
  /** Of h. */
  readonly path: StatePath;
  /** Units by how alike their h moves. */
  readonly similar: UnitOrder;
}

/** A model at work on one review of T timesteps. */
export interface ReviewInspection {
  readonly timesteps: readonly Timestep[];
  /** Tokens that did not fit into the model's length. */
  readonly cut: number;
  readonly logit: number;
  /** From the input to the output. */
  readonly layers: readonly LayerInspection[];
  /** Gradient × input of each timestep: [T]. */
  readonly timesInput: Float32Array;
}

/**
 * Looks into every recurrent layer of a model while it reads a review.
 *
 * @throws RangeError when there is no word to read; NoNumbersError when the weights are no numbers
 */
export async function inspectReview(
  { model }: TrainedModel,
  { row, timesteps, cut }: ReadReview,
): Promise<ReviewInspection> {
  if (!timesteps.some(({ kind }) => kind === 'word' || kind === 'unknown')) {
    throw new RangeError('There is no word to read.');
  }
  const states = await statesOf(model, row);
  const { logit, states: gradients, timesInput } = await logitGradient(model, row);
  if (Number.isNaN(logit)) throw new NoNumbersError();
  const layers = states.map((layer): LayerInspection => {
    const gradient = gradients.get(layer.name) ?? new Float32Array(layer.h.length);
    const [path, similar] = [statePath(layer.h, layer.units), unitOrder(layer.h, layer.units)];
    return { ...layer, gradient, path, similar };
  });
  return { timesteps, cut, logit, layers, timesInput };
}

/** Values of a review's ids as values of its timesteps; padding has none, which is NaN. */
export function alongTimesteps(values: Float32Array, { row }: ReadReview): Float32Array {
  const along = new Float32Array(row.ids.length).fill(Number.NaN);
  along.set(values, row.first);
  return along;
}
