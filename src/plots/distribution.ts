import { max } from 'd3-array';
import { format } from 'd3-format';
import { scaleLinear } from 'd3-scale';
import { area, curveBasis, line } from 'd3-shape';
import { binValues, density, domainOf } from './distribution/bins.ts';
import type { Bins } from './distribution/bins.ts';
import { drawAxes, marginFor, xTickCount } from './frame/axes.ts';
import { createPlot } from './frame/create-plot.ts';
import { GROWTH, grown } from './frame/growth.ts';
import { stepInRows } from './frame/steps.ts';
import { layer } from './frame/svg.ts';
import type { Drawn, Plot, PlotOptions, Stage } from './frame/types.ts';

export interface ValueSeries {
  readonly name: string;
  readonly values: ArrayLike<number>;
  /** A CSS colour. */
  readonly color?: string;
}

/** One list of values, or several to compare. */
export type DistributionData = readonly ValueSeries[];

export interface DistributionOptions extends PlotOptions {
  readonly x: { readonly label: string; readonly format?: string };
  /** A density is smooth and its height is no count. Default 'histogram'. */
  readonly form?: 'histogram' | 'density';
  /** Default 30; a density is worked out from 128. */
  readonly bins?: number;
  /** Range of the x axis; by default that of the values. */
  readonly domain?: readonly [number, number];
}

const ACCENT = 'var(--accent)';
const DENSITY_BINS = 128;
const Y_TICKS = 4;

interface Shape extends Bins {
  readonly name: string;
  readonly color: string;
  /** Heights, one for each bin. */
  readonly heights: readonly number[];
}

/** How values are spread: as columns, or as a smooth density; several lie over each other. */
export function distributionPlot(
  data: DistributionData,
  options: DistributionOptions,
): Plot<DistributionData> {
  const isDensity = options.form === 'density';
  const yFormat = isDensity ? format('.2~f') : format('.0%');
  const showX = format(options.x.format ?? '.2~f');
  const shapes = (series: DistributionData): Shape[] => {
    const domain = options.domain ?? domainOf(series.map(({ values }) => values));
    return series.map(({ name, values, color = ACCENT }) => {
      const bins = binValues(values, domain, isDensity ? DENSITY_BINS : (options.bins ?? 30));
      return { ...bins, name, color, heights: isDensity ? density(bins) : bins.shares };
    });
  };
  return createPlot(
    {
      name: 'distribution',
      surface: 'svg',
      height: grown(GROWTH.distribution),
      draw: (stage, series: DistributionData) =>
        drawShapes(stage, shapes(series), {
          xLabel: options.x.label,
          yLabel: isDensity ? 'density' : 'share of values',
          isDensity,
          showX,
          yFormat,
        }),
      legend: (series) =>
        series.length < 2
          ? []
          : series.map(({ name, color = ACCENT }) => ({ label: name, color, sign: 'dot' })),
      describe: (series) =>
        series
          .filter(({ values }) => values.length > 0)
          .map(({ name, values }) => {
            const [low, high] = domainOf([values]);
            return `${values.length} values of ${name} from ${showX(low)} to ${showX(high)}`;
          })
          .join('; ') || 'nothing to show yet',
      table: (series) => ({
        header: ['Series', 'From', 'To', 'Values'],
        rows: shapes(series).flatMap(({ name, start, step, counts }) =>
          counts.map((count, i) => [
            name,
            showX(start + i * step),
            showX(start + (i + 1) * step),
            String(count),
          ]),
        ),
      }),
    },
    data,
    options,
  );
}

interface Look {
  readonly xLabel: string;
  readonly yLabel: string;
  readonly isDensity: boolean;
  readonly showX: (value: number) => string;
  readonly yFormat: (value: number) => string;
}

function drawShapes(
  { svg, width, height }: Stage,
  shapes: readonly Shape[],
  { xLabel, yLabel, isDensity, showX, yFormat }: Look,
): Drawn {
  const { start = 0, step = 1, heights: first = [] } = shapes[0] ?? {};
  const scaleY = scaleLinear([0, max(shapes, ({ heights }) => max(heights)) || 1], [0, 1]).nice(
    Y_TICKS,
  );
  const yTicks = scaleY.ticks(Y_TICKS);
  const margin = marginFor(yTicks.map(yFormat), yLabel);
  const bottom = height - margin.bottom;
  const y = scaleY.range([bottom, margin.top]);
  const x = scaleLinear(
    [start, start + step * (first.length || 1)],
    [margin.left, width - margin.right],
  );
  drawAxes(
    svg,
    {
      x: { scale: x, label: xLabel, ticks: x.ticks(xTickCount(width)), format: showX },
      y: { scale: y, label: yLabel, ticks: yTicks, format: yFormat },
    },
    margin,
    { width, height },
  );
  const middle = (i: number): number => x(start + (i + 0.5) * step);
  const hill = area<number>(
    (_, i) => middle(i),
    bottom,
    (value) => y(value),
  ).curve(curveBasis);
  const ridge = line<number>(
    (_, i) => middle(i),
    (value) => y(value),
  ).curve(curveBasis);
  layer(svg, 'fills')
    .selectAll('path')
    .data(shapes)
    .join('path')
    .style('fill', ({ color }) => color)
    .attr('d', ({ heights }) => (isDensity ? hill([...heights]) : columnsPath(heights)));
  layer(svg, 'series')
    .selectAll('path')
    .data(isDensity ? shapes : [])
    .join('path')
    .style('stroke', ({ color }) => color)
    .attr('d', ({ heights }) => ridge([...heights]));

  return {
    count: shapes.some(({ counts }) => counts.some(Boolean)) ? shapes.length * first.length : 0,
    mark(index) {
      const { name, heights, counts } = shapes[Math.floor(index / first.length)]!;
      const bin = index % first.length;
      const from = start + bin * step;
      return {
        x: x(from),
        y: y(heights[bin]!),
        width: x(from + step) - x(from),
        height: bottom - y(heights[bin]!),
        text: [
          `${name}: ${isDensity ? `density ${yFormat(heights[bin]!)}` : `${counts[bin]} values`}`,
          `${showX(from)} to ${showX(from + step)}`,
        ],
      };
    },
    nearest(px, py) {
      const bin = Math.floor((x.invert(px) - start) / step);
      if (bin < 0 || bin >= first.length || py > bottom) return -1;
      const away = shapes.map(({ heights }) => Math.abs(y(heights[bin]!) - py));
      return away.indexOf(Math.min(...away)) * first.length + bin;
    },
    step: (from, key) =>
      stepInRows(
        shapes.map(() => first.length),
        from,
        key,
      ),
  };

  function columnsPath(heights: readonly number[]): string {
    return heights
      .map((value, i) => {
        const left = x(start + i * step) + 0.5;
        const right = x(start + (i + 1) * step) - 0.5;
        return value > 0 ? `M${left} ${bottom}V${y(value)}H${right}V${bottom}Z` : '';
      })
      .join('');
  }
}
