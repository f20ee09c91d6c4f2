import type { FitSettings } from '../models/settings/index.ts';
import { ADAM, DEFAULT_TRAINING, EARLY_STOPPING, RMSPROP, SGD } from '../training/settings.ts';
import type {
  ClippingSettings,
  OptimizerSettings,
  TrainingSettings,
} from '../training/settings.ts';

/** What the engine is told: Keras's defaults for all that a reader can't set. */
export function trainingSettingsOf(settings: FitSettings, stepsPerEpoch: number): TrainingSettings {
  const { decay, l2, l2Embedding, averaging, patience, epochs, seed } = settings;
  return {
    ...DEFAULT_TRAINING,
    epochs,
    seed,
    optimizer: optimizerOf(settings),
    decay:
      decay === 1 ? { kind: 'constant' } : { kind: 'step', factor: decay, steps: stepsPerEpoch },
    clipping: clippingOf(settings),
    l2: { embedding: l2Embedding, recurrent: l2, dense: l2 },
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

function clippingOf({ clipping, clip }: FitSettings): ClippingSettings {
  if (clipping === 'none') return { kind: 'none' };
  return { kind: clipping, value: clip };
}
