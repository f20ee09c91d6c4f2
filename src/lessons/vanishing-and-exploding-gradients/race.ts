import type { Cell } from '../../client/index.ts';
import type { RaceFigure } from '../../components/training/race-figure.ts';

const model = (cell: Cell) => ({
  text: { maxlen: 100 },
  network: { embeddingDim: 16, layers: [{ cell, units: 16 }] },
  training: { learningRate: 0.01 },
});

/** Three cells that get the same batches, watched from the inside. */
export const THREE_CELLS: RaceFigure = {
  models: [
    { name: 'SimpleRNN', color: 'var(--layer-simple-rnn)', settings: model('SimpleRNN') },
    { name: 'LSTM', color: 'var(--layer-lstm)', settings: model('LSTM') },
    { name: 'GRU', color: 'var(--layer-gru)', settings: model('GRU') },
  ],
  steps: 120,
  seed: 1,
  validateEvery: 20,
  validationReviews: 400,
  telemetry: { every: 1, stateGradients: true },
  curves: ['accuracy', 'validation'],
};
