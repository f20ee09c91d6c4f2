import { format } from 'd3-format';
import { createPlot } from './frame/create-plot.ts';
import { GROWTH, grown } from './frame/growth.ts';
import { scientific } from './frame/numbers.ts';
import type { Plot } from './frame/types.ts';
import { drawLines, SOFT } from './line/drawing.ts';
import { lineMarks } from './line/marks.ts';
import type { LineData, LineOptions, LineSeries, LineWords } from './line/types.ts';

export type { LineData, LineOptions, LineSeries, Point } from './line/types.ts';

/** Lines over a common x: the course of a run, or of several. Made for thousands of live points. */
export function linePlot(data: LineData, options: LineOptions): Plot<LineData> {
  const words = lineWords(options);
  return createPlot(
    {
      name: 'line',
      surface: 'svg',
      height: grown(GROWTH.line),
      draw(stage, shown: LineData) {
        const axes = drawLines(stage, shown, options);
        return lineMarks(shown.series, axes, words);
      },
      legend: ({ series }) =>
        series.length < 2
          ? []
          : series.map(({ name, color = SOFT, dots }) => ({
              label: name,
              color,
              sign: dots ? 'dashed' : 'line',
            })),
      describe: ({ series }) => describeLines(series, words),
      table: ({ series }) => ({
        header: ['Series', options.x.label, options.y.label ?? options.title],
        rows: series.flatMap(({ name, points }) =>
          points.map(([x, y]) => [name, words.x(x), words.y(y)]),
        ),
      }),
    },
    data,
    options,
  );
}

/** Values are written a digit finer than the ticks of the axis. */
function lineWords({ x, y }: LineOptions): LineWords {
  return {
    xLabel: x.label,
    x: format(x.format ?? ',~r'),
    y:
      y.format === undefined && y.scale === 'log'
        ? scientific
        : format(y.format?.replace('.0%', '.1%') ?? '.3~g'),
  };
}

/** A clause about each line: from where to where. */
export function describeLines(series: readonly LineSeries[], { xLabel, x, y }: LineWords): string {
  const clauses = series.flatMap(({ name, points }) => {
    const first = points[0];
    const last = points.at(-1);
    if (!first || !last) return [];
    return [`${name} from ${y(first[1])} to ${y(last[1])} at ${xLabel} ${x(last[0])}`];
  });
  return clauses.join('; ') || 'nothing to show yet';
}
