import { format } from 'd3-format';
import { line } from 'd3-shape';
import { createPlot } from './frame/create-plot.ts';
import { stepInRows } from './frame/steps.ts';
import { labels, layer } from './frame/svg.ts';
import type { Drawn, Handle, Plot, PlotOptions, Stage } from './frame/types.ts';
import { areaUnder, pointAt, rocCurve } from './classifier/judged.ts';
import type { JudgedData, RocPoint } from './classifier/judged.ts';
import { drawUnitSquare, squareHeight } from './classifier/unit-square.ts';

export interface RocOptions extends PlotOptions {
  /** Threshold to begin with. Default 0.5. */
  readonly threshold?: number;
  /** Told when the reader moves the threshold. */
  readonly onThreshold?: (point: RocPoint) => void;
}

const percent = format('.1%');
const share = format('.3f');

/** The ROC curve with its area, and a threshold that the reader moves. */
export function rocPlot(data: JudgedData, options: RocOptions): Plot<JudgedData> {
  let threshold = options.threshold ?? 0.5;
  // Sorting is most of the work: once for each set of data.
  let known: { readonly of: JudgedData; readonly curve: readonly RocPoint[] } | undefined;
  const curveOf = (judged: JudgedData): readonly RocPoint[] => {
    if (known?.of !== judged) known = { of: judged, curve: rocCurve(judged) };
    return known.curve;
  };
  const says = document.createElement('output');
  return createPlot(
    {
      name: 'roc',
      surface: 'svg',
      height: squareHeight,
      draw(stage, judged: JudgedData) {
        const curve = curveOf(judged);
        says.textContent = describePoint(curve, threshold);
        return drawCurve(stage, curve, threshold);
      },
      describe: (judged) => describeRoc(curveOf(judged)),
      table: (judged) => ({
        header: ['Threshold', 'False positives', 'True positives'],
        rows: curveOf(judged)
          .slice(1)
          .map((point) => [
            share(point.threshold),
            percent(point.falsePositive),
            percent(point.truePositive),
          ]),
      }),
      connect: (handle) => addSlider(handle, says, threshold, move),
    },
    data,
    options,
  );

  function move(to: number, { redraw }: Handle): void {
    threshold = to;
    redraw();
    const point = known?.curve[pointAt(known.curve, threshold)];
    if (point) options.onThreshold?.(point);
  }
}

/** The area under the curve, in words. */
function describeRoc(curve: readonly RocPoint[]): string {
  if (curve.length === 0) return 'needs reviews of both classes';
  return `area under the curve ${share(areaUnder(curve))}`;
}

function describePoint(curve: readonly RocPoint[], threshold: number): string {
  const point = curve[pointAt(curve, threshold)];
  if (!point) return '';
  return (
    `${threshold.toFixed(2)}: finds ${percent(point.truePositive)} of the positive reviews, and takes ` +
    `${percent(point.falsePositive)} of the negative ones for positive`
  );
}

function addSlider(
  handle: Handle,
  says: HTMLOutputElement,
  threshold: number,
  move: (to: number, handle: Handle) => void,
): void {
  const label = document.createElement('label');
  const input = document.createElement('input');
  Object.assign(input, { className: 'range', type: 'range', min: '0', max: '1', step: '0.01' });
  input.value = String(threshold);
  label.append('Threshold', input);
  label.className = 'plot-slider';
  handle.foot.append(label, says);
  input.addEventListener(
    'input',
    () => {
      move(input.valueAsNumber, handle);
      input.ariaValueText = says.textContent;
    },
    { signal: handle.signal },
  );
}

function drawCurve(stage: Stage, curve: readonly RocPoint[], threshold: number): Drawn {
  const { svg } = stage;
  const { x, y } = drawUnitSquare(stage, 'false positives', 'true positives');
  const path = line<RocPoint>(
    ({ falsePositive }) => x(falsePositive),
    ({ truePositive }) => y(truePositive),
  );
  layer(svg, 'series')
    .selectAll('path')
    .data([curve])
    .join('path')
    .style('stroke', 'var(--accent)')
    .attr('d', (points) => path([...points]));
  const operating = curve[pointAt(curve, threshold)];
  layer(svg, 'dots')
    .selectAll('circle')
    .data(operating ? [operating] : [])
    .join('circle')
    .attr('r', 6)
    .attr('cx', ({ falsePositive }) => x(falsePositive))
    .attr('cy', ({ truePositive }) => y(truePositive))
    .style('fill', 'var(--accent)');
  labels(svg, 'figures', [
    {
      x: x(1),
      y: y(0) - 12,
      text: curve.length === 0 ? '' : `AUC ${share(areaUnder(curve))}`,
      anchor: 'end',
    },
  ]);
  return {
    count: curve.length,
    mark(index) {
      const point = curve[index]!;
      return {
        x: x(point.falsePositive),
        y: y(point.truePositive),
        text: [
          Number.isFinite(point.threshold) ? `threshold ${share(point.threshold)}` : 'all negative',
          `true positives ${percent(point.truePositive)}`,
          `false positives ${percent(point.falsePositive)}`,
        ],
      };
    },
    nearest(px, py) {
      const away = curve.map((point) =>
        Math.hypot(x(point.falsePositive) - px, y(point.truePositive) - py),
      );
      return away.indexOf(Math.min(...away));
    },
    step: (from, key) => stepInRows([curve.length], from, key),
  };
}
