/** The races and figures of the lesson on gates, as plain values. */
import type { RaceFigure, SomeSettings } from '../../components/training/race-figure.ts';

/** The network whose gates are shown. */
export const READER = 'lstm-clipnorm-masked';
/** A test review, by its row, whose opinion turns. */
export const ROW = 4858;
/** Timesteps that are shown, and units: those that count most in the verdict. */
export const MOST_STEPS = 70;
export const SHOWN_UNITS = 24;

/** Values at which the forget gate is held on arrival. */
export const HELD_AT = [0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1];

/** Words at the end of a review that the network gets, when it does not get all. */
export const LAST_WORDS = [1, 6, 12, 25, 50, 100, 200];

type Layers = NonNullable<NonNullable<SomeSettings['network']>['layers']>;

const network = (layers: Layers): SomeSettings => ({
  network: { layers },
  training: { clipping: 'global_clipnorm', clip: 1 },
});
const UNITS = 16;
/** As many units as give a SimpleRNN about the recurrent weights of an LSTM of {@link UNITS}. */
const WIDE = 38;

const RACE = { steps: 150, validateEvery: 25, validationReviews: 400, window: 20 } as const;

/** The same words, the same reviews, the same seed: what differs is the cell. */
export const CELL_RACE: RaceFigure = {
  ...RACE,
  models: [
    {
      name: 'SimpleRNN',
      color: 'var(--layer-simple-rnn)',
      settings: network([{ cell: 'SimpleRNN', units: UNITS }]),
    },
    {
      name: `SimpleRNN, ${WIDE} units`,
      color: 'var(--gate-output)',
      settings: network([{ cell: 'SimpleRNN', units: WIDE }]),
    },
    {
      name: 'LSTM',
      color: 'var(--layer-lstm)',
      settings: network([{ cell: 'LSTM', units: UNITS }]),
    },
    { name: 'GRU', color: 'var(--layer-gru)', settings: network([{ cell: 'GRU', units: UNITS }]) },
  ],
  curves: ['validation', 'time'],
};

/** More of the same: two layers, and two directions. */
export const CHALLENGERS: RaceFigure = {
  ...RACE,
  models: [
    {
      name: 'LSTM',
      color: 'var(--layer-lstm)',
      settings: network([{ cell: 'LSTM', units: UNITS }]),
    },
    {
      name: 'GRU → LSTM',
      color: 'var(--layer-gru)',
      settings: network([
        { cell: 'GRU', units: UNITS },
        { cell: 'LSTM', units: UNITS },
      ]),
    },
    {
      name: 'LSTM, both ways',
      color: 'var(--gate-forget)',
      settings: network([{ cell: 'LSTM', units: UNITS, direction: 'both' }]),
    },
  ],
  curves: ['validation', 'time'],
};
