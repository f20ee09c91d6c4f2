import * as tf from '@tensorflow/tfjs';
import { chooseBackend } from './choose-backend.ts';
import type { Backend, ChoiceOptions, EngineReport } from './choose-backend.ts';
import { readValues } from './failure.ts';
import type { ReadBuild } from './simd/module.ts';
import type { BackendFailure } from './spec/backend-failure.ts';

/** A variable and a copy of its values in JavaScript's memory, where no backend can lose them. */
export interface SavedVariable {
  readonly variable: tf.Variable;
  readonly values: Float32Array;
}

/**
 * Copies variables, such as a model's weights and an optimiser's moments, so that {@link fallBack}
 * can go on from here.
 *
 * @throws BackendFailure if the current backend fails meanwhile
 */
export function saveVariables(variables: readonly tf.Variable[]): Promise<SavedVariable[]> {
  return Promise.all(
    variables.map(async (variable) => {
      const values = await readValues(variable);
      // The CPU's backends may give the very array that they compute with.
      return { variable, values: values.slice() };
    }),
  );
}

/**
 * After the current backend has failed: makes the best of the others the current one, and gives the
 * variables there the values that were saved. Everything else that the failed one held is lost with
 * it, the constants in tfjs's optimisers too: make those anew, and dispose of tensors as ever.
 *
 * @param saved from {@link saveVariables}; the last good ones
 * @param failure what the step threw: see `backendFailure`
 * @param readSimd gives the bytes of a SIMD build; by default they are fetched
 * @returns the backend that runs now, and why
 * @throws BackendFailure `failure` itself if it was the plainest backend that failed
 */
export async function fallBack(
  saved: readonly SavedVariable[],
  failure: BackendFailure,
  readSimd?: ReadBuild,
  { memory }: Pick<ChoiceOptions, 'memory'> = {},
): Promise<EngineReport> {
  const backend = tf.getBackend() as Backend;
  if (backend === 'cpu') throw failure;
  const report = await chooseBackend('auto', readSimd, { memory, failed: { backend, failure } });
  for (const { variable, values } of saved) {
    const copy = tf.tensor(values, variable.shape, variable.dtype);
    variable.assign(copy);
    copy.dispose();
  }
  return report;
}
