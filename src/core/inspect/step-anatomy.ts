import * as tf from '@tensorflow/tfjs';
import type { Batch } from '../dataset/batch/batcher.ts';
import { idTensor } from '../kernels/ops/known-ids.ts';
import { mix } from '../training/numbers/mix.ts';
import { read } from '../training/numbers/read.ts';
import type { ClippingSettings } from '../training/settings.ts';
import { backward } from '../training/step/backward.ts';
import { clip, globalNorm } from '../training/step/clipping.ts';
import { binaryCrossentropy } from '../training/step/loss.ts';
import { trainablesOf } from '../training/step/model-variables.ts';
import type { Trainable } from '../training/step/model-variables.ts';

/** What to find out about a step of gradient descent, w ← w − η g. */
export interface AnatomyRequest {
  readonly learningRate: number;
  /** Ways of clipping to compare. */
  readonly clippings: readonly ClippingSettings[];
  /** Distances to go against the gradient at which the loss is measured. */
  readonly distances: readonly number[];
  /** Limits of `clipvalue` at which the angle is measured. */
  readonly limits: readonly number[];
}

/** Where a clipped step leads. */
export interface Landing {
  readonly clipping: ClippingSettings;
  /** Between the raw gradient and the clipped one, in radians. */
  readonly angle: number;
  /** Norm of the clipped gradient. */
  readonly norm: number;
  /** Length of the step: the learning rate times that norm. */
  readonly distance: number;
  /** Of the same batch, after the step. */
  readonly loss: number;
}

/** One step, taken apart. The weights are as they were before it. */
export interface StepAnatomy {
  /** Of the batch, before the step. */
  readonly loss: number;
  /** Norm of each variable's gradient, and of all together. */
  readonly variables: readonly { readonly name: string; readonly norm: number }[];
  readonly norm: number;
  /** Loss by distance, straight against the gradient. */
  readonly slice: readonly (readonly [distance: number, loss: number])[];
  /** In the order of the ways that were asked for. */
  readonly landings: readonly Landing[];
  /** Angle of `clipvalue` in radians, by its limit. */
  readonly angles: readonly (readonly [limit: number, angle: number])[];
}

/**
 * Takes the next step of a model apart: where it leads, clipped in several ways, and the loss on its
 * way (after Pascanu, Mikolov & Bengio, ICML 2013). Dropout is left out. The model's weights are
 * moved to look around, and put back.
 *
 * @throws RangeError when the gradient is no longer finite
 */
export async function dissectStep(
  model: tf.LayersModel,
  batch: Batch,
  { learningRate, clippings, distances, limits }: AnatomyRequest,
): Promise<StepAnatomy> {
  const trainables = trainablesOf(model);
  const { loss, accuracy, gradients } = backward(model, trainables, batch, {
    labelSmoothing: 0,
    dropoutSeed: 0,
  });
  const place = new Place(model, trainables, batch);
  try {
    const { values, squares } = await read([loss], gradients);
    const norms = squares.map(Math.sqrt);
    const norm = globalNorm(norms);
    if (!Number.isFinite(norm)) throw new RangeError('The gradient is no longer a number.');
    const landings: Landing[] = [];
    for (const clipping of clippings) {
      const clipped = await clippedBy(clipping, gradients, norms);
      const after = await place.lossAt(clipped.gradients, learningRate);
      tf.dispose(clipped.gradients);
      const { angle } = clipped;
      const distance = learningRate * clipped.norm;
      landings.push({ clipping, angle, norm: clipped.norm, distance, loss: after });
    }
    const slice: [number, number][] = [];
    for (const distance of distances) {
      slice.push([distance, await place.lossAt(gradients, norm === 0 ? 0 : distance / norm)]);
    }
    const angles: [number, number][] = [];
    for (const limit of limits) {
      const clipped = await clippedBy({ kind: 'clipvalue', value: limit }, gradients, norms);
      tf.dispose(clipped.gradients);
      angles.push([limit, clipped.angle]);
    }
    return {
      loss: values[0]!,
      variables: trainables.map(({ name }, i) => ({ name, norm: norms[i]! })),
      norm,
      slice,
      landings,
      angles,
    };
  } finally {
    place.dispose();
    tf.dispose([loss, accuracy, ...gradients]);
  }
}

/** A clipped copy of gradients. The caller disposes of it. */
async function clippedBy(
  settings: ClippingSettings,
  gradients: readonly tf.Tensor[],
  norms: readonly number[],
): Promise<{ gradients: tf.Tensor[]; angle: number; norm: number }> {
  const copies = gradients.map((gradient) => gradient.clone());
  const { after, angle } = await clip(copies, norms, settings);
  return { gradients: copies, angle, norm: globalNorm(after) };
}

/** A place in the space of the weights, and the loss around it. */
class Place {
  readonly #model: tf.LayersModel;
  readonly #trainables: readonly Trainable[];
  readonly #batch: Batch;
  readonly #weights: readonly tf.Tensor[];

  constructor(model: tf.LayersModel, trainables: readonly Trainable[], batch: Batch) {
    this.#model = model;
    this.#trainables = trainables;
    this.#batch = batch;
    this.#weights = trainables.map(({ variable }) => variable.clone());
  }

  /** The batch's loss at w − `scale` · direction; Infinity where it is no number. */
  async lossAt(direction: readonly tf.Tensor[], scale: number): Promise<number> {
    const { ids, labels, shape } = this.#batch;
    this.#move((weight, i) => mix(1, weight, -scale, direction[i]!));
    const loss = tf.tidy(() => {
      const logits = this.#model.apply(idTensor(ids, shape), { training: false }) as tf.Tensor;
      return binaryCrossentropy(tf.tensor2d(labels, [shape[0], 1], 'float32'), logits, 0);
    });
    try {
      const [value] = await loss.data();
      return Number.isFinite(value!) ? value! : Number.POSITIVE_INFINITY;
    } finally {
      loss.dispose();
      this.#move((weight) => weight.clone());
    }
  }

  dispose(): void {
    tf.dispose([...this.#weights]);
  }

  #move(to: (weight: tf.Tensor, i: number) => tf.Tensor): void {
    this.#trainables.forEach(({ variable }, i) => {
      const next = to(this.#weights[i]!, i);
      variable.assign(next);
      next.dispose();
    });
  }
}
