import { DEFAULT_MODEL } from '../settings/index.ts';
import type { Preset } from './preset.ts';

/** Starts from naive Bayes, as Wang & Manning (ACL 2012) scale their features by it. */
export const bagOfWords: Preset = {
  name: 'bag-of-words',
  title: 'Bag of words and word pairs',
  summary: 'A weight for each word and pair, added up: no order, no memory, and hard to beat.',
  settings: {
    text: {
      ...DEFAULT_MODEL.text,
      numWords: 30_000,
      bigrams: 350_000,
      distinct: true,
      maxlen: 4_000,
    },
    network: {
      ...DEFAULT_MODEL.network,
      embeddingDim: 1,
      embedding: 'naiveBayes',
      maskZero: true,
      layers: [],
      pooling: 'sum',
    },
    training: {
      ...DEFAULT_MODEL.training,
      learningRate: 0.001,
      l2Embedding: 5e-5,
      bucketed: true,
      epochs: 12,
      patience: 3,
    },
  },
};
