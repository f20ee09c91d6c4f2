import type { RaceFigure } from '../../components/training/race-figure.ts';

/** The smallest network with an embedding: the mean of the words’ vectors, and a verdict. */
export const race = {
  models: [
    {
      name: 'mean of vectors',
      color: 'var(--accent)',
      settings: {
        text: { numWords: 5_000, maxlen: 200 },
        network: { embeddingDim: 16, maskZero: true, layers: [], pooling: 'average' },
        training: { learningRate: 0.003 },
      },
    },
  ],
  steps: 400,
  seed: 1,
  validateEvery: 50,
  validationReviews: 400,
  telemetry: { every: 4, embeddings: 5_000 },
  curves: ['loss', 'validation'],
} as const satisfies RaceFigure;
