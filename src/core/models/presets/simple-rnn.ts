import { DEFAULT_LAYER, DEFAULT_MODEL } from '../settings/index.ts';
import type { Preset } from './preset.ts';

/** Early stopping and regularisation are the author's own cure for overfitting. */
export const simpleRnn: Preset = {
  name: 'simple-rnn',
  title: 'Simple RNN',
  summary: 'The oldest recurrent layer, stopped before it learns its training reviews by heart.',
  settings: {
    text: { ...DEFAULT_MODEL.text, numWords: 10_000, maxlen: 500 },
    network: {
      ...DEFAULT_MODEL.network,
      embeddingDim: 64,
      maskZero: true,
      layers: [{ ...DEFAULT_LAYER, cell: 'SimpleRNN', units: 64 }],
      dropout: 0.3,
    },
    training: {
      ...DEFAULT_MODEL.training,
      learningRate: 0.001,
      clipping: 'global_clipnorm',
      wordDropout: 0.1,
      averaging: 0.995,
      bucketed: true,
      epochs: 50,
      patience: 4,
    },
  },
};
