import type { PlotSpec } from '../../components/plots/kinds.ts';
import { LAYER_COLORS } from '../../plots/colors.ts';
import { losses } from '../data.ts';

const lossAxes = { x: { label: 'step' }, y: { label: 'loss', include: [0] } };
const lstmLosses = losses.find(({ cell }) => cell === 'LSTM')!;
const bestEpoch = lstmLosses.heldOut.toSorted((a, b) => a[1] - b[1])[0]!;

export const line = {
  runs: {
    kind: 'line',
    data: {
      series: losses.map(({ cell, training }) => ({
        name: cell,
        points: training,
        color: LAYER_COLORS[cell],
      })),
      guides: [{ value: Math.LN2, label: 'guessing' }],
    },
    options: { title: 'Training loss of three networks', ...lossAxes },
  },
  best: {
    kind: 'line',
    data: {
      series: [
        { name: 'training', points: lstmLosses.training },
        { name: 'held out', points: lstmLosses.heldOut, color: 'var(--accent)', dots: true },
      ],
      markers: [{ x: bestEpoch[0], label: 'best epoch' }],
    },
    options: { title: 'Loss of the LSTM', ...lossAxes },
  },
  empty: {
    kind: 'line',
    data: { series: [], xMax: 100 },
    options: { title: 'Loss before a run', ...lossAxes },
  },
} satisfies Record<string, PlotSpec>;
