import { max } from 'd3-array';
import { format } from 'd3-format';
import { createPlot } from './frame/create-plot.ts';
import { nearestPlace, stepInRows } from './frame/steps.ts';
import { labels, layer, rules } from './frame/svg.ts';
import type { Drawn, Plot, PlotOptions, Stage } from './frame/types.ts';
import { calibrationError, reliabilityBins } from './classifier/judged.ts';
import type { JudgedData, ReliabilityBin } from './classifier/judged.ts';
import { drawUnitSquare, squareHeight } from './classifier/unit-square.ts';

const percent = format('.1%');
const whole = format(',');
const LARGEST = 11;

/** Whether probabilities keep their word: predicted against actual shares, dots as large as their bins. */
export function reliabilityPlot(data: JudgedData, options: PlotOptions): Plot<JudgedData> {
  return createPlot(
    {
      name: 'reliability',
      surface: 'svg',
      height: squareHeight,
      draw: (stage, judged: JudgedData) => drawBins(stage, reliabilityBins(judged)),
      describe: (judged) => describeReliability(reliabilityBins(judged)),
      table: (judged) => ({
        header: ['Probability', 'Reviews', 'Mean predicted', 'Positive'],
        rows: reliabilityBins(judged).map(({ from, to, count, predicted, actual }) => [
          `${from.toFixed(1)} to ${to.toFixed(1)}`,
          whole(count),
          percent(predicted),
          percent(actual),
        ]),
      }),
    },
    data,
    options,
  );
}

/** The mean gap between what is predicted and what is true, in words. */
function describeReliability(bins: readonly ReliabilityBin[]): string {
  if (bins.length === 0) return 'no verdicts yet';
  return `expected calibration error ${percent(calibrationError(bins))}`;
}

function drawBins(stage: Stage, bins: readonly ReliabilityBin[]): Drawn {
  const { svg } = stage;
  const { x, y } = drawUnitSquare(stage, 'mean predicted probability', 'positive in truth');
  const most = max(bins, ({ count }) => count) ?? 1;
  rules(
    svg,
    'gaps',
    bins.map(({ predicted, actual }) => [x(predicted), y(predicted), x(predicted), y(actual)]),
  );
  layer(svg, 'dots')
    .selectAll('circle')
    .data(bins)
    .join('circle')
    .attr('cx', ({ predicted }) => x(predicted))
    .attr('cy', ({ actual }) => y(actual))
    .attr('r', ({ count }) => Math.max(3, LARGEST * Math.sqrt(count / most)))
    .style('fill', 'var(--accent)');
  labels(svg, 'figures', [
    {
      x: x(1),
      y: y(0) - 12,
      text: bins.length === 0 ? '' : `ECE ${percent(calibrationError(bins))}`,
      anchor: 'end',
    },
  ]);
  const places = bins.map(({ predicted, actual }) => [x(predicted), y(actual)] as const);
  return {
    count: bins.length,
    mark(index) {
      const { from, to, count, predicted, actual } = bins[index]!;
      const [px, py] = places[index]!;
      return {
        x: px,
        y: py,
        text: [
          `${percent(actual)} are positive`,
          `predicted ${percent(predicted)}`,
          `${whole(count)} reviews from ${from.toFixed(1)} to ${to.toFixed(1)}`,
        ],
      };
    },
    nearest: (px, py) => nearestPlace(places, px, py),
    step: (from, key) => stepInRows([bins.length], from, key),
  };
}
