import { format } from 'd3-format';
import { scaleLinear, scaleLog } from 'd3-scale';
import { scientific } from '../frame/numbers.ts';
import { marginFor, xTickCount } from '../frame/axes.ts';
import type { Axis, Margin } from '../frame/axes.ts';
import type { LineData, LineOptions } from './types.ts';

export interface LineAxes {
  readonly x: Axis;
  readonly y: Axis;
  readonly margin: Margin;
}

const Y_TICKS = 5;

/** Axes for the data: x from its least to its largest value, y around every point and guide. */
export function lineAxes(
  data: LineData,
  options: LineOptions,
  width: number,
  height: number,
): LineAxes {
  const { y: asked } = options;
  const log = asked.scale === 'log';
  const reach = extents(data, log);
  const show = asked.format === undefined && log ? scientific : format(asked.format ?? '~g');
  const yDomain = orUnit(
    [...(asked.include ?? []), ...(data.guides ?? []).map(({ value }) => value), ...reach.y].filter(
      (value) => !log || value > 0,
    ),
    log ? [1e-3, 1] : [0, 1],
  );
  const scaleY = log ? scaleLog(widened(yDomain), [0, 1]) : scaleLinear(yDomain, [0, 1]);
  scaleY.nice(log ? undefined : Y_TICKS);
  const yTicks = log ? powersOfTen(scaleY.domain()) : scaleY.ticks(Y_TICKS);
  const margin = marginFor(yTicks.map(show), asked.label ?? '');
  scaleY.range([height - margin.bottom, margin.top]);

  const xDomain = orUnit([...reach.x, ...(data.xMax === undefined ? [] : [data.xMax])], [0, 1]);
  const scaleX = scaleLinear(xDomain, [margin.left, width - margin.right]);
  return {
    x: {
      scale: scaleX,
      label: options.x.label,
      ticks: scaleX.ticks(xTickCount(width)),
      format: format(options.x.format ?? ',~g'),
    },
    y: { scale: scaleY, label: asked.label ?? '', ticks: yTicks, format: show },
    margin,
  };
}

/** Least and largest x and y of all series. */
function extents({ series }: LineData, log: boolean): { x: number[]; y: number[] } {
  let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { points } of series) {
    for (const [x, y] of points) {
      if (!Number.isFinite(y) || (log && y <= 0)) continue;
      if (x < x0) x0 = x;
      if (x > x1) x1 = x;
      if (y < y0) y0 = y;
      if (y > y1) y1 = y;
    }
  }
  return x0 > x1 ? { x: [], y: [] } : { x: [x0, x1], y: [y0, y1] };
}

/** The range of some values, never empty and never of no width. */
function orUnit(values: readonly number[], unit: [number, number]): [number, number] {
  if (values.length === 0) return unit;
  const low = Math.min(...values);
  const high = Math.max(...values);
  return low === high ? [Math.min(0, low), high || 1] : [low, high];
}

/** A logarithmic axis needs a decade at least, and can't begin at 0. */
function widened([low, high]: [number, number]): [number, number] {
  const from = low > 0 ? low : high / 10;
  return [from, Math.max(high, 10 * from)];
}

function powersOfTen([low = 1, high = 10]: number[]): number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const stride = Math.max(1, Math.ceil((last - first) / Y_TICKS));
  return Array.from(
    { length: Math.floor((last - first) / stride) + 1 },
    (_, i) => 10 ** (first + i * stride),
  );
}
