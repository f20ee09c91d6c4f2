import { ticks } from 'd3-array';
import { format } from 'd3-format';
import { scaleLinear } from 'd3-scale';
import { drawAxes, marginFor } from './frame/axes.ts';
import type { Scale } from './frame/axes.ts';
import { createPlot } from './frame/create-plot.ts';
import { nearestPlace, stepInRows } from './frame/steps.ts';
import { layer } from './frame/svg.ts';
import type { Drawn, Plot, PlotOptions, Stage } from './frame/types.ts';

/** An arrow from the origin. */
export interface PlaneVector {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  /** A CSS colour. */
  readonly color: string;
  /** Drawn under the others, as what they came from. */
  readonly dashed?: true;
}

export interface VectorData {
  readonly vectors: readonly PlaneVector[];
  /** Half the side of the square and radius of the circle around the origin. */
  readonly limit: number;
}

export interface VectorOptions extends PlotOptions {
  /** Where both axes end, on either side of 0. */
  readonly extent: number;
  readonly x: string;
  readonly y: string;
}

const TICKS = 5;
const MOST = 420;
const show = format('+.2f');

/** Arrows in a plane, with the square and the circle of one limit around the origin. */
export function vectorPlot(data: VectorData, options: VectorOptions): Plot<VectorData> {
  return createPlot(
    {
      name: 'vectors',
      surface: 'svg',
      height: (width) => Math.min(MOST, Math.max(260, width)),
      draw: (stage, shown: VectorData) => drawVectors(stage, shown, options),
      legend: ({ vectors }) =>
        vectors.map(({ name, color, dashed }) => ({
          label: name,
          color,
          sign: dashed ? 'dashed' : 'line',
        })),
      describe: ({ vectors, limit }) =>
        `limit ${limit.toFixed(2)}; ` +
        vectors.map(({ name, x, y }) => `${name} at ${show(x)}, ${show(y)}`).join('; '),
      table: ({ vectors }) => ({
        header: ['Vector', options.x, options.y, 'Length'],
        rows: vectors.map(({ name, x, y }) => [
          name,
          show(x),
          show(y),
          Math.hypot(x, y).toFixed(2),
        ]),
      }),
    },
    data,
    options,
  );
}

function drawVectors(stage: Stage, { vectors, limit }: VectorData, options: VectorOptions): Drawn {
  const { svg } = stage;
  const { x, y } = drawPlane(stage, options);
  const side = x(limit) - x(-limit);
  layer(svg, 'limits')
    .selectAll('rect')
    .data([side])
    .join('rect')
    .attr('x', x(-limit))
    .attr('y', y(limit))
    .attr('width', side)
    .attr('height', side);
  layer(svg, 'limit-circle')
    .selectAll('circle')
    .data([side / 2])
    .join('circle')
    .attr('cx', x(0))
    .attr('cy', y(0))
    .attr('r', side / 2);
  const places = vectors.map((vector) => [x(vector.x), y(vector.y)] as const);
  layer(svg, 'arrows')
    .selectAll('line')
    .data(vectors)
    .join('line')
    .attr('x1', x(0))
    .attr('y1', y(0))
    .attr('x2', (_, i) => places[i]![0])
    .attr('y2', (_, i) => places[i]![1])
    .attr('stroke-dasharray', ({ dashed }) => (dashed ? '5 4' : null))
    .style('stroke', ({ color }) => color);
  layer(svg, 'arrow-heads')
    .selectAll('path')
    .data(vectors)
    .join('path')
    .attr('d', 'M2 0L-9 -5V5Z')
    .attr('transform', (vector, i) => {
      const turn = (Math.atan2(-vector.y, vector.x) * 180) / Math.PI;
      return `translate(${places[i]![0]} ${places[i]![1]}) rotate(${turn})`;
    })
    .style('fill', ({ color }) => color);
  return {
    count: vectors.length,
    mark(index) {
      const vector = vectors[index]!;
      const [px, py] = places[index]!;
      const length = Math.hypot(vector.x, vector.y).toFixed(2);
      return {
        x: px,
        y: py,
        text: [vector.name, `${show(vector.x)}, ${show(vector.y)}`, `length ${length}`],
      };
    },
    nearest: (px, py) => nearestPlace(places, px, py),
    step: (from, key) => stepInRows([vectors.length], from, key),
  };
}

function drawPlane(stage: Stage, { extent, x: xName, y: yName }: VectorOptions) {
  const { svg, width, height } = stage;
  const at = ticks(-extent, extent, TICKS);
  const words = format('~g');
  const margin = marginFor(at.map(words), yName);
  const side = Math.min(width - margin.left - margin.right, height - margin.top - margin.bottom);
  const bottom = height - margin.bottom;
  const x: Scale = scaleLinear([-extent, extent], [margin.left, margin.left + side]);
  const y: Scale = scaleLinear([-extent, extent], [bottom, bottom - side]);
  const axis = { ticks: at, format: words };
  drawAxes(
    svg,
    { x: { scale: x, label: xName, ...axis }, y: { scale: y, label: yName, ...axis } },
    margin,
    { width: margin.left + side + margin.right, height },
  );
  return { x, y };
}
