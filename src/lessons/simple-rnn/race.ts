import type { RaceFigure } from '../../components/training/race-figure.ts';

const model = (activation: 'tanh' | 'relu') => ({
  text: { maxlen: 100 },
  network: {
    embeddingDim: 16,
    maskZero: true,
    layers: [{ cell: 'SimpleRNN', units: 16, activation } as const],
  },
  training: { learningRate: 0.003 },
});

/** Two networks that differ in one function. @param watch the review that both are shown */
export const tanhAgainstRelu = (watch: string): RaceFigure => ({
  models: [
    { name: 'tanh', color: 'var(--layer-simple-rnn)', settings: model('tanh') },
    { name: 'ReLU', color: 'var(--gate-update)', settings: model('relu') },
  ],
  steps: 200,
  seed: 3,
  validateEvery: 25,
  validationReviews: 400,
  telemetry: { every: 5 },
  watch,
  curves: ['accuracy', 'validation'],
});

/** Learning rates that the reader can choose. */
export const RATES = ['0.001', '0.003', '0.01', '0.1'] as const;
