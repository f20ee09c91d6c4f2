import { DEFAULT_LAYER, DEFAULT_MODEL } from '../settings/index.ts';
import type { Preset } from './preset.ts';

/** As its author wrote it: 20 epochs, whatever happens. */
export const lstmClipnorm: Preset = {
  name: 'lstm-clipnorm',
  title: 'LSTM with clipped gradients',
  summary: 'Padded behind and not masked: it must carry what it read over hundreds of empty steps.',
  settings: {
    text: {
      ...DEFAULT_MODEL.text,
      numWords: 10_000,
      maxlen: 500,
      padding: 'post',
      truncating: 'post',
    },
    network: {
      ...DEFAULT_MODEL.network,
      embeddingDim: 128,
      layers: [{ ...DEFAULT_LAYER, units: 64 }],
    },
    training: {
      ...DEFAULT_MODEL.training,
      learningRate: 0.001,
      clipping: 'clipnorm',
      clip: 0.1,
      epochs: 20,
    },
  },
};

/**
 * The cure, and the dropout that the author wished for. With an embedding that learns, it knows its
 * training reviews by heart after two epochs; so words keep the vectors that they came with.
 */
export const lstmClipnormMasked: Preset = {
  name: 'lstm-clipnorm-masked',
  title: 'LSTM with clipped gradients, masked',
  summary: 'The same network, told which steps are padding and what words mean: it learns at once.',
  settings: {
    text: { ...lstmClipnorm.settings.text, truncating: 'pre' },
    network: {
      ...lstmClipnorm.settings.network,
      embedding: 'wordVectors',
      trainEmbedding: false,
      maskZero: true,
      dropout: 0.5,
    },
    training: {
      ...lstmClipnorm.settings.training,
      wordDropout: 0.15,
      averaging: 0.995,
      bucketed: true,
      patience: 4,
    },
  },
};
