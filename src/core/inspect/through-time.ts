import * as tf from '@tensorflow/tfjs';
import { weightsOf } from '../training/step/model-variables.ts';
import { spectralRadius } from '../training/telemetry/spectral-radius.ts';
import { logitGradient } from './logit-gradient.ts';
import { statesOf } from './states.ts';
import { readReview } from './timesteps.ts';
import type { Timestep } from './timesteps.ts';
import { readerOf } from './text-reader.ts';
import type { TrainedModel } from '../models/trained-model.ts';

/** How much of the gradient of a review's logit reaches each of its T timesteps. */
export interface ThroughTime {
  readonly timesteps: readonly Timestep[];
  /** ‖∂logit/∂h_t‖ of the first recurrent layer: [T]. */
  readonly norms: Float32Array;
  /** Size of the largest unit of its state: [T]. */
  readonly sizes: Float32Array;
}

/**
 * Reads a text and goes back from the logit, step by step.
 *
 * @throws RangeError if the model has no recurrent layer that can be looked into
 */
export async function throughTime(trained: TrainedModel, text: string): Promise<ThroughTime> {
  const { model, preprocessing } = trained;
  const { row, timesteps } = readReview(readerOf(trained), preprocessing, text);
  const [layer] = await statesOf(model, row);
  const gradient = layer && (await logitGradient(model, row)).states.get(layer.name);
  if (!gradient) throw new RangeError('The model has no recurrent layer to go back through.');
  const { h, units } = layer;
  return {
    timesteps,
    norms: perStep(units, timesteps.length, (at) => Math.hypot(...gradient.subarray(...at))),
    sizes: perStep(units, timesteps.length, (at) => Math.max(...h.subarray(...at).map(Math.abs))),
  };
}

/**
 * Scales the recurrent kernels of a model, each gate's block by itself, so that the spectral radius of
 * each is the one asked for.
 */
export async function scaleToRadius(model: tf.LayersModel, radius: number): Promise<void> {
  const { variables, names } = weightsOf(model);
  for (const [i, name] of names.entries()) {
    if (!name.endsWith('/recurrent_kernel')) continue;
    const variable = variables[i]!;
    const [units, columns] = variable.shape as [number, number];
    const values = Float32Array.from(await variable.data());
    for (let from = 0; from < columns; from += units) {
      const factor = radius / spectralRadius(values, units, columns, from);
      for (let row = 0; row < units; row++) {
        for (let c = from; c < from + units; c++) values[row * columns + c]! *= factor;
      }
    }
    const scaled = tf.tensor2d(values, [units, columns]);
    variable.assign(scaled);
    scaled.dispose();
  }
}

function perStep(
  units: number,
  steps: number,
  of: (range: readonly [from: number, to: number]) => number,
): Float32Array {
  return Float32Array.from({ length: steps }, (_, t) => of([t * units, (t + 1) * units]));
}
