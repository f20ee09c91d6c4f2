import { DEFAULT_LAYER, DEFAULT_MODEL } from '../settings/index.ts';
import type { Preset } from './preset.ts';

export const best: Preset = {
  name: 'best',
  title: 'Our best network',
  summary:
    'Knows its words before it is told a label, reads in both directions, keeps the strongest moment of each unit.',
  settings: {
    text: { ...DEFAULT_MODEL.text, numWords: 20_000, maxlen: 500 },
    network: {
      ...DEFAULT_MODEL.network,
      embeddingDim: 128,
      embedding: 'wordVectors',
      trainEmbedding: false,
      maskZero: true,
      layers: [{ ...DEFAULT_LAYER, units: 64, direction: 'both' }],
      pooling: 'max',
      dropout: 0.5,
    },
    training: {
      ...DEFAULT_MODEL.training,
      learningRate: 0.002,
      clipping: 'global_clipnorm',
      wordDropout: 0.15,
      averaging: 0.995,
      bucketed: true,
      epochs: 20,
      patience: 4,
    },
  },
};
