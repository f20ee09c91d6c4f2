import { line } from 'd3-shape';
import { decimate } from './decimate.ts';
import { drawAxes } from '../frame/axes.ts';
import { labels, layer, rules } from '../frame/svg.ts';
import type { Label } from '../frame/svg.ts';
import type { Stage } from '../frame/types.ts';
import type { LineData, LineOptions, Point } from './types.ts';
import { lineAxes } from './scales.ts';
import type { LineAxes } from './scales.ts';

export const SOFT = 'var(--ink-soft)';

/** Draws axes, references, lines and dots. Returns the axes that it laid out. */
export function drawLines(
  { svg, width, height }: Stage,
  data: LineData,
  options: LineOptions,
): LineAxes {
  const axes = lineAxes(data, options, width, height);
  const { x, y, margin } = axes;
  drawAxes(svg, axes, margin, { width, height });
  const names = drawReferences(svg, data, axes, { width, height });

  const path = line<Point>(
    (point) => x.scale(point[0]),
    (point) => y.scale(point[1]),
  ).defined(([, value]) => Number.isFinite(y.scale(value)));
  layer(svg, 'series')
    .selectAll('path')
    .data(data.series)
    .join('path')
    .attr('stroke-dasharray', ({ dots }) => (dots ? '5 4' : null))
    .style('stroke', ({ color = SOFT }) => color)
    .classed('is-thin', ({ thin = false }) => thin)
    .attr('d', ({ points }) => path(decimate(points, width)));

  const dots = data.series
    .filter((series) => series.dots)
    .flatMap(({ points, color = SOFT }) => points.map((point) => ({ point, color })));
  layer(svg, 'dots')
    .selectAll('circle')
    .data(dots)
    .join('circle')
    .attr('r', 4)
    .attr('cx', ({ point }) => x.scale(point[0]))
    .attr('cy', ({ point }) => y.scale(point[1]))
    .style('fill', ({ color }) => color);
  labels(svg, 'names', names);
  return axes;
}

/** Level rules to compare with and upright ones to mark an x. Returns their names, for on top. */
function drawReferences(
  svg: Stage['svg'],
  { guides = [], markers = [] }: LineData,
  { x, y, margin }: LineAxes,
  size: { readonly width: number; readonly height: number },
): Label[] {
  const right = size.width - margin.right;
  const levels = guides.map(({ value, label }) => ({ at: y.scale(value), label }));
  const places = markers.map((marker) => ({ at: x.scale(marker.x), label: marker.label }));
  rules(
    svg,
    'guides',
    levels.map(({ at }) => [margin.left, at, right, at]),
  );
  rules(
    svg,
    'markers',
    places.map(({ at }) => [at, margin.top, at, size.height - margin.bottom]),
  );
  return [
    ...levels.map(({ at, label }): Label => ({ x: right, y: at - 5, text: label, anchor: 'end' })),
    ...places.map(({ at, label }): Label => {
      const onLeft = at < (margin.left + right) / 2;
      return {
        x: at + (onLeft ? 6 : -6),
        y: margin.top + 10,
        text: label,
        anchor: onLeft ? 'start' : 'end',
      };
    }),
  ];
}
