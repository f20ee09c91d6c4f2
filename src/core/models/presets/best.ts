import { DEFAULT_LAYER, DEFAULT_MODEL } from '../settings/index.ts';
import type { Preset } from './preset.ts';

export const best: Preset = {
  name: 'best',
  title: 'Our best network',
  summary:
    'Reads in both directions, keeps the strongest moment of each unit, and is held back hard.',
  settings: {
    text: { ...DEFAULT_MODEL.text, numWords: 30_000, maxlen: 500 },
    network: {
      ...DEFAULT_MODEL.network,
      embeddingDim: 128,
      maskZero: true,
      layers: [{ ...DEFAULT_LAYER, units: 128, direction: 'both' }],
      pooling: 'max',
      dropout: 0.5,
    },
    training: {
      ...DEFAULT_MODEL.training,
      learningRate: 0.001,
      clipping: 'global_clipnorm',
      wordDropout: 0.3,
      averaging: 0.995,
      bucketed: true,
      epochs: 20,
      patience: 4,
    },
  },
};
