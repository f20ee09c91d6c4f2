import type { RaceFigure } from '../../components/training/race-figure.ts';

const settings = (padding: 'pre' | 'post', maskZero: boolean) => ({
  text: { numWords: 5_000, maxlen: 300, padding, truncating: 'pre' as const },
  network: { embeddingDim: 16, maskZero, layers: [{ cell: 'GRU' as const, units: 8 }] },
  training: { learningRate: 0.01 },
});

/** Three models that differ in nothing but their padding. A test holds their race to its claim. */
export const race = {
  models: [
    { name: 'post', color: 'var(--negative)', settings: settings('post', false) },
    { name: 'pre', color: 'var(--positive)', settings: settings('pre', false) },
    { name: 'post and mask', color: 'var(--gate-input)', settings: settings('post', true) },
  ],
  steps: 100,
  seed: 1,
  validateEvery: 25,
  validationReviews: 400,
  telemetry: { every: 5 },
  curves: ['loss', 'validation'],
} as const satisfies RaceFigure;
