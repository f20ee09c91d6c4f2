import type { Plot } from '../../plots/frame/types.ts';
import { linePlot } from '../../plots/line.ts';
import type { LineData, LineOptions } from '../../plots/line.ts';
import type { Point, RunLog } from './run-log.ts';

const x = { label: 'step' };

/** The curves of a run by the parts that they stand in; the page has their figures in tables. */
const CURVES = {
  'loss-plot': { title: 'Loss by step', table: false, x, y: { include: [0, 0.8] } },
  'accuracy-plot': {
    title: 'Accuracy by step',
    table: false,
    x,
    y: { format: '.0%', include: [0.4, 1] },
  },
  'gradient-plot': {
    title: 'Gradient norm by step',
    table: false,
    height: 130,
    x,
    y: { scale: 'log' },
  },
} as const satisfies Record<string, LineOptions>;

export type CurvePart = keyof typeof CURVES;
export const CURVE_PARTS = Object.keys(CURVES) as CurvePart[];

export const newCurve = (part: CurvePart): Plot<LineData> =>
  linePlot({ series: [] }, CURVES[part] as LineOptions);

/** What a curve shows of a run. @param clip the norm that gradients are clipped to, if they are */
export function curveOf(part: CurvePart, log: RunLog, clip: number | undefined): LineData {
  const xMax = log.last?.steps ?? 100;
  switch (part) {
    case 'loss-plot':
      return {
        series: trainingAndHeldOut(log, log.loss, 'loss'),
        xMax,
        guides: [{ value: Math.LN2, label: 'guessing' }],
      };
    case 'accuracy-plot':
      return {
        series: trainingAndHeldOut(log, log.accuracy, 'accuracy'),
        xMax,
        guides: [{ value: 0.5, label: 'guessing' }],
      };
    case 'gradient-plot':
      return {
        series: [{ name: 'gradient norm', points: log.gradientNorm, thin: true }],
        xMax,
        guides: clip === undefined ? [] : [{ value: clip, label: 'clipped to' }],
      };
  }
}

function trainingAndHeldOut(
  { epochs }: RunLog,
  points: readonly Point[],
  metric: 'loss' | 'accuracy',
): LineData['series'] {
  return [
    { name: 'training', points },
    {
      name: 'held out',
      points: epochs.flatMap(({ step, validation }) =>
        validation ? [[step, validation[metric]] as const] : [],
      ),
      color: 'var(--accent)',
      dots: true,
    },
  ];
}
