import * as tf from '@tensorflow/tfjs';
import { chooseBackend } from './choose-backend.ts';
import type { Backend, ChoiceOptions, EngineReport } from './choose-backend.ts';
import type { ReadBuild } from './simd/module.ts';
import type { BackendFailure } from './spec/backend-failure.ts';

/**
 * After the current backend has failed: makes the best of the others the current one. Whatever tensors
 * the failed one held are to be made anew there, from copies in JavaScript's memory: `Run.continueOn`
 * does it with a run's weights and its optimizer's state.
 *
 * @param failure what the step threw: see `backendFailure`
 * @param readSimd gives the bytes of a SIMD build; by default they are fetched
 * @returns the backend that runs now, and why
 * @throws BackendFailure `failure` itself if it was the plainest backend that failed
 */
export async function fallBack(
  failure: BackendFailure,
  readSimd?: ReadBuild,
  { memory }: Pick<ChoiceOptions, 'memory'> = {},
): Promise<EngineReport> {
  const backend = tf.getBackend() as Backend;
  if (backend === 'cpu') throw failure;
  return chooseBackend('auto', readSimd, { memory, failed: { backend, failure } });
}
