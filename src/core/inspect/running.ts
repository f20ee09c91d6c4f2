import type { TrainedModel } from '../models/trained-model.ts';
import { logitsOfAll } from './variants.ts';
import type { AskOptions } from './variants.ts';

/**
 * The logit after each id, as if the review had ended there. Shape [ids].
 *
 * @throws the signal's reason
 */
export function runningLogits(
  trained: TrainedModel,
  ids: readonly number[],
  options?: AskOptions,
): Promise<Float32Array> {
  const prefixes = ids.map((_, i) => ids.slice(0, i + 1));
  return logitsOfAll(trained, prefixes, options);
}
