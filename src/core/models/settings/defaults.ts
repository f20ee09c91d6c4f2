import type { ModelSettings, RecurrentSettings } from './types.ts';

/** A recurrent layer as Keras makes one. */
export const DEFAULT_LAYER: RecurrentSettings = {
  cell: 'LSTM',
  units: 32,
  activation: 'tanh',
  direction: 'forward',
  dropout: 0,
  recurrentDropout: 0,
};

/** Small enough to learn within seconds on a laptop’s processor. */
export const DEFAULT_MODEL: ModelSettings = {
  text: {
    numWords: 5_000,
    bigrams: 0,
    distinct: false,
    maxlen: 120,
    padding: 'pre',
    truncating: 'pre',
  },
  network: {
    embeddingDim: 16,
    embedding: 'uniform',
    trainEmbedding: true,
    maskZero: false,
    layers: [{ ...DEFAULT_LAYER, units: 16 }],
    pooling: 'last',
    dropout: 0,
  },
  training: {
    optimizer: 'adam',
    learningRate: 0.01,
    decay: 1,
    momentum: 0,
    clipping: 'none',
    clip: 1,
    l2Embedding: 0,
    l2: 0,
    wordDropout: 0,
    averaging: 0,
    batchSize: 32,
    bucketed: false,
    epochs: 2,
    patience: 0,
    seed: 1,
  },
};
