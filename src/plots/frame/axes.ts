import type { ScaleContinuousNumeric } from 'd3-scale';
import { labels, rules } from './svg.ts';
import type { Root } from './types.ts';

export type Scale = ScaleContinuousNumeric<number, number>;

export interface Axis {
  readonly scale: Scale;
  readonly label: string;
  readonly ticks: readonly number[];
  readonly format: (value: number) => string;
}

export interface Margin {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** Width of a digit of the axis font, in px. */
const DIGIT = 7;
/** Px between ticks of the x axis. */
const X_SPACE = 92;

/** Margins with room for the labels: y's above the picture, x's below it. */
export function marginFor(yLabels: readonly string[], yLabel: string): Margin {
  const longest = Math.max(1, ...yLabels.map((text) => text.length));
  return {
    top: yLabel === '' ? 10 : 28,
    right: 14,
    bottom: 42,
    left: Math.max(34, longest * DIGIT + 12),
  };
}

/** How many ticks fit. */
export const xTickCount = (width: number): number => Math.max(2, Math.floor(width / X_SPACE));

/** Draws both axes: hairlines across at the ticks of y, a line below, horizontal labels. */
export function drawAxes(
  svg: Root,
  { x, y }: { readonly x: Axis; readonly y: Axis },
  margin: Margin,
  size: { readonly width: number; readonly height: number },
): void {
  const left = margin.left;
  const right = size.width - margin.right;
  const bottom = size.height - margin.bottom;
  rules(
    svg,
    'grid',
    y.ticks.map((value) => [left, y.scale(value), right, y.scale(value)]),
  );
  rules(svg, 'base', [
    [left, bottom, right, bottom],
    ...x.ticks.map((value) => [x.scale(value), bottom, x.scale(value), bottom + 4] as const),
  ]);
  labels(
    svg,
    'y-ticks',
    y.ticks.map((value) => ({
      x: left - 8,
      y: y.scale(value) + 4,
      text: y.format(value),
      anchor: 'end' as const,
    })),
  );
  labels(
    svg,
    'x-ticks',
    x.ticks.map((value) => ({
      x: x.scale(value),
      y: bottom + 18,
      text: x.format(value),
      anchor: 'middle',
    })),
  );
  labels(svg, 'axis-names', [
    { x: 0, y: 12, text: y.label },
    { x: right, y: size.height - 4, text: x.label, anchor: 'end' },
  ]);
}
