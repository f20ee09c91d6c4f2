import type { LayersModel } from '@tensorflow/tfjs';
import { compute } from '../../client/index.ts';
import type { IdEncoding, WordReading } from '../../client/index.ts';
import { packModel } from '../../core/models/portable.ts';
import { refuseCustomCode } from './check-model.ts';
import { encodingFor } from './encoding.ts';

/**
 * Reads a review with a model, word by word, in the worker: the opinion after each word.
 *
 * @throws ModelError for a model that can't be sent
 */
export async function inspect(
  model: LayersModel,
  review: string | { readonly text: string },
  encoding: Partial<IdEncoding> = {},
): Promise<WordReading> {
  refuseCustomCode(model);
  const text = typeof review === 'string' ? review : review.text;
  const request = { model: await packModel(model), encoding: encodingFor(model, encoding), text };
  return compute.call('readModel', request);
}

/**
 * The probability, 0 to 1, that a review is positive in the opinion of a model.
 *
 * @throws ModelError for a model that can't be sent
 */
export async function predict(
  model: LayersModel,
  review: string | { readonly text: string },
  encoding: Partial<IdEncoding> = {},
): Promise<number> {
  const { probability } = await inspect(model, review, encoding);
  return probability;
}
