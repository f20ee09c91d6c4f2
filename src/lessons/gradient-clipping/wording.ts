import type { PlotSpec } from '../../components/plots/kinds.ts';

interface Flight {
  readonly variables: readonly string[];
  readonly steps: readonly { readonly step: number; readonly norms: readonly number[] }[];
}

/** A colour for each variable, in the order from the input to the output. */
const COLORS = [
  'var(--gate-output)',
  'var(--layer-gru)',
  'var(--danger)',
  'var(--layer-simple-rnn)',
  'var(--gate-candidate)',
  'var(--rule-strong)',
];

/** The gradients of a flight record, as a plot. Steps whose gradients are no numbers are left out. */
export function flightPlot({ variables, steps }: Flight): PlotSpec {
  const whole = steps.filter(({ norms }) => norms.every(Number.isFinite));
  return {
    kind: 'line',
    data: {
      series: variables.map((name, i) => ({
        name,
        color: COLORS[i % COLORS.length]!,
        points: whole.map(({ step, norms }) => [step, norms[i]!] as const),
      })),
    },
    options: {
      title: 'Length of each variable’s gradient in the last steps of the run',
      table: false,
      x: { label: 'step' },
      y: { label: 'length of the gradient', scale: 'log' },
    },
  };
}

/** The angle by the limit of `clipvalue`. The x axis counts in powers of ten. */
export function anglePlot(angles: readonly (readonly [limit: number, angle: number])[]): PlotSpec {
  return {
    kind: 'line',
    data: {
      series: [
        {
          name: 'clipvalue',
          color: 'var(--negative)',
          points: angles.map(([limit, angle]) => [Math.log10(limit), inDegrees(angle)] as const),
        },
      ],
      guides: [{ value: 90, label: 'no longer downhill' }],
    },
    options: {
      title: 'Angle between the gradient and its clipped one, by the limit',
      table: false,
      x: { label: 'limit, as a power of ten', format: '.1~f' },
      y: { label: 'degrees', include: [0, 90] },
    },
  };
}

const inDegrees = (radians: number): number => (radians * 180) / Math.PI;

/** Radians → "65.3°" */
export const degrees = (radians: number): string => `${inDegrees(radians).toFixed(1)}°`;

/** The place of a slice at which the loss is lowest. */
export function lowest(slice: readonly (readonly [distance: number, loss: number])[]) {
  const [distance, loss] = slice.reduce((best, next) => (next[1] < best[1] ? next : best));
  return { distance, loss };
}
