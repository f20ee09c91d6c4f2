import type { LayersModel } from '@tensorflow/tfjs';
import type { IdEncoding } from '../../client/index.ts';
import { describeInput, ModelError } from './check-model.ts';

const DEFAULT_LENGTH = 120;

/** How each model's words were numbered and padded when it was trained. */
const trained = new WeakMap<LayersModel, IdEncoding>();

export function rememberEncoding(model: LayersModel, encoding: IdEncoding): void {
  trained.set(model, encoding);
}

/**
 * The encoding for a model: what is asked for, else what it was trained with, else what its shape
 * suggests.
 *
 * @throws ModelError when the model has no room for it
 */
export function encodingFor(model: LayersModel, wanted: Partial<IdEncoding>): IdEncoding {
  const { length, ids } = describeInput(model);
  const defaults = trained.get(model) ?? {
    numWords: ids ?? 10_000,
    maxlen: length ?? DEFAULT_LENGTH,
    padding: 'pre',
    truncating: 'pre',
  };
  const { numWords, maxlen, padding, truncating } = { ...defaults, ...wanted };
  if (ids !== undefined && numWords > ids) {
    throw new ModelError(
      `numWords is ${numWords}, but the model’s embedding has room for ${ids} ids (inputDim).`,
    );
  }
  if (length !== null && maxlen !== length) {
    throw new ModelError(`maxlen is ${maxlen}, but the model reads ${length} ids (inputLength).`);
  }
  return { numWords, maxlen, padding, truncating };
}
