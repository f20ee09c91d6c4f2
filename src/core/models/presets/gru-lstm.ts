import { DEFAULT_LAYER, DEFAULT_MODEL } from '../settings/index.ts';
import type { Preset } from './preset.ts';

export const gruLstm: Preset = {
  name: 'gru-lstm',
  title: 'GRU, then LSTM',
  summary:
    'Two recurrent layers: an LSTM reads the states that a GRU went through. Words come with vectors.',
  settings: {
    text: { ...DEFAULT_MODEL.text, numWords: 10_000, maxlen: 400 },
    network: {
      ...DEFAULT_MODEL.network,
      embeddingDim: 128,
      embedding: 'wordVectors',
      trainEmbedding: false,
      maskZero: true,
      layers: [
        { ...DEFAULT_LAYER, cell: 'GRU', units: 32 },
        { ...DEFAULT_LAYER, units: 32, dropout: 0.2 },
      ],
      dropout: 0.3,
    },
    training: {
      ...DEFAULT_MODEL.training,
      learningRate: 0.002,
      clipping: 'global_clipnorm',
      wordDropout: 0.15,
      averaging: 0.995,
      bucketed: true,
      epochs: 15,
      patience: 4,
    },
  },
};
