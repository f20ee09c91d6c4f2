import { format } from 'd3-format';
import { scaleLinear } from 'd3-scale';
import { drawAxes, marginFor } from '../frame/axes.ts';
import type { Margin, Scale } from '../frame/axes.ts';
import { rules } from '../frame/svg.ts';
import type { Stage } from '../frame/types.ts';

export interface UnitSquare {
  readonly x: Scale;
  readonly y: Scale;
  readonly margin: Margin;
}

const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];
const percent = format('.0%');
/** Wider than this, a square would not fit beside its text. */
const MOST = 420;

/** Height that makes the picture about square. */
export const squareHeight = (width: number): number => Math.min(MOST, Math.max(240, width));

/** Two axes of shares from 0 to 1 and the diagonal, which a plot of two shares is compared with. */
export function drawUnitSquare(
  { svg, width, height }: Stage,
  xLabel: string,
  yLabel: string,
): UnitSquare {
  const margin = marginFor(TICKS.map(percent), yLabel);
  const side = Math.min(width - margin.left - margin.right, height - margin.top - margin.bottom);
  const box = { width: margin.left + side + margin.right, height };
  const bottom = height - margin.bottom;
  const x = scaleLinear([0, 1], [margin.left, margin.left + side]);
  const y = scaleLinear([0, 1], [bottom, bottom - side]);
  const axis = { ticks: TICKS, format: percent };
  drawAxes(
    svg,
    { x: { scale: x, label: xLabel, ...axis }, y: { scale: y, label: yLabel, ...axis } },
    margin,
    box,
  );
  rules(svg, 'guides', [[x(0), y(0), x(1), y(1)]]);
  return { x, y, margin };
}
