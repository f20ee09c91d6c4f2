import type { FitSettings } from '../models/settings/index.ts';
import { ADAM, DEFAULT_TRAINING, EARLY_STOPPING, RMSPROP, SGD } from './settings.ts';
import type { OptimizerSettings, TrainingSettings, WordDropoutSettings } from './settings.ts';

/** Ids of the texts: what `wordDropout` puts in the place of which. */
type WordIds = Pick<WordDropoutSettings, 'unknownId' | 'firstWordId'>;

/**
 * What a model's settings ask of the engine.
 *
 * @param batches in an epoch: the learning rate falls after each
 */
export function trainingSettingsOf(
  fit: FitSettings,
  batches: number,
  ids: WordIds,
): TrainingSettings {
  const { decay, clipping, clip, l2, l2Embedding, wordDropout, averaging, patience } = fit;
  return {
    ...DEFAULT_TRAINING,
    epochs: fit.epochs,
    seed: fit.seed,
    optimizer: optimizerOf(fit),
    decay: decay === 1 ? { kind: 'constant' } : { kind: 'step', factor: decay, steps: batches },
    clipping: clipping === 'none' ? { kind: clipping } : { kind: clipping, value: clip },
    l2: { embedding: l2Embedding, recurrent: l2, dense: l2 },
    ...(wordDropout > 0 ? { wordDropout: { rate: wordDropout, ...ids } } : {}),
    ...(averaging > 0 ? { weightAveraging: averaging } : {}),
    ...(patience > 0
      ? {
          earlyStopping: {
            ...EARLY_STOPPING,
            monitor: 'valAccuracy',
            patience,
            restoreBestWeights: true,
          },
        }
      : {}),
  };
}

function optimizerOf({ optimizer, learningRate, momentum }: FitSettings): OptimizerSettings {
  switch (optimizer) {
    case 'adam':
      return { ...ADAM, learningRate };
    case 'rmsprop':
      return { ...RMSPROP, learningRate };
    case 'sgd':
      return { ...SGD, learningRate, momentum };
  }
}
