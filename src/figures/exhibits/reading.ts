import { vectorsAt } from '../../components/figures/vectors-at.ts';
import type { PlotSpec } from '../../components/plots/kinds.ts';
import type { Cell } from '../../core/models/settings/index.ts';
import { LAYER_COLORS } from '../../plots/colors.ts';
import { readings, review } from '../data.ts';

const readingOf = (cell: Cell) => readings.find((reading) => reading.cell === cell)!;
const words = review.tokens.map(({ text }) => text);
const pad = review.tokens.map(({ kind }) => kind === 'pad');
const lstm = readingOf('LSTM');

export const heatMap = {
  small: {
    kind: 'heat-map',
    data: {
      values: lstm.h.slice(-8 * lstm.units).filter((_, i) => i % lstm.units < 4),
      steps: 8,
      units: 4,
      words: words.slice(-8),
    },
    options: { title: 'Four units over the last eight timesteps', most: 1 },
  },
  empty: {
    kind: 'heat-map',
    data: { values: [], steps: 0, units: 0 },
    options: { title: 'States before a model has read' },
  },
} satisfies Record<string, PlotSpec>;

export const tokens = {
  plain: {
    kind: 'tokens',
    data: review.tokens.filter(({ kind }) => kind !== 'pad').slice(0, 24),
    options: { title: 'The first words of a review', ids: false },
  },
  empty: { kind: 'tokens', data: [], options: { title: 'No review yet' } },
} satisfies Record<string, PlotSpec>;

const last = review.tokens.length - 1;

export const cells = {
  SimpleRNN: {
    kind: 'cell',
    data: {
      cell: 'SimpleRNN',
      vectors: vectorsAt(readingOf('SimpleRNN'), last),
      word: review.tokens[last]!.text,
    },
    options: { title: 'SimpleRNN at the last word' },
  },
  GRU: {
    kind: 'cell',
    data: { cell: 'GRU', vectors: {} },
    options: { title: 'GRU without values' },
  },
} satisfies Record<string, PlotSpec>;

export const gradient = {
  three: {
    kind: 'gradient',
    data: {
      words,
      pad,
      series: readings.map(({ cell, gradients }) => ({
        name: cell,
        values: gradients,
        color: LAYER_COLORS[cell],
      })),
    },
    options: { title: 'How much of the gradient reaches each timestep of a review' },
  },
  empty: {
    kind: 'gradient',
    data: { series: [{ name: 'no model yet', values: [] }] },
    options: { title: 'Gradient before a backward pass' },
  },
} satisfies Record<string, PlotSpec>;

/** How the values of a state are spread. */
export const spread = {
  density: {
    kind: 'distribution',
    data: [{ name: 'states', values: lstm.h.filter((_, i) => !pad[Math.floor(i / lstm.units)]) }],
    options: {
      title: 'Values of the hidden state over one review',
      x: { label: 'value' },
      form: 'density',
      domain: [-1, 1],
    },
  },
} satisfies Record<string, PlotSpec>;

/** All that the step-by-step figure shows. */
export const replay = { tokens: review.tokens, readings };

/** The gradient as a line. */
export const gradientLine = {
  log: {
    kind: 'line',
    data: {
      series: readings.map(({ cell, gradients }) => ({
        name: cell,
        color: LAYER_COLORS[cell],
        points: gradients.map((value, step) => [step + 1, value] as const),
      })),
    },
    options: {
      title: 'Gradient by timestep',
      x: { label: 'timestep' },
      y: { label: 'gradient', scale: 'log' },
    },
  },
} satisfies Record<string, PlotSpec>;
