import { scaleLinear } from 'd3-scale';
import { CellsImage, hatch } from './cells/image.ts';
import { xTickCount } from './frame/axes.ts';
import { createPlot } from './frame/create-plot.ts';
import { scientific, stepTicks } from './frame/numbers.ts';
import { stepInRows } from './frame/steps.ts';
import { labels } from './frame/svg.ts';
import type { Drawn, Plot, PlotOptions, Stage } from './frame/types.ts';
import { sequentialRamp } from './cells/ramp.ts';
import { padRuns } from './heat-map/layout.ts';
import { logShare, magnitudes } from './gradient-strip/log-share.ts';

export interface GradientSeries {
  readonly name: string;
  /** Size of the gradient at each timestep; 0 counts as below the scale. */
  readonly values: ArrayLike<number>;
  /** A CSS colour. */
  readonly color?: string;
}

export interface GradientData {
  readonly series: readonly GradientSeries[];
  readonly words?: readonly string[];
  /** Timesteps that are padding. */
  readonly pad?: readonly boolean[];
  /** How many timesteps there will be, while the data is still on its way. */
  readonly steps?: number;
}

export interface GradientOptions extends PlotOptions {
  /** Ends of the scale, where pictures are to be compared; by default the powers of ten around the data. */
  readonly range?: readonly [low: number, high: number];
}

const ROW = 26;
const NAME = 20;
const GAP = 8;
const BOTTOM = 40;
const ACCENT = 'var(--accent)';

/** How much of the gradient reaches each timestep: one strip for a model, on one logarithmic scale. */
export function gradientStrip(data: GradientData, options: GradientOptions): Plot<GradientData> {
  const image = new CellsImage();
  const rangeOf = ({ series }: GradientData): readonly [low: number, high: number] =>
    options.range ?? magnitudes(series.map(({ values }) => values));
  return createPlot(
    {
      name: 'gradient',
      surface: 'canvas',
      height: (_, { series }) => Math.max(1, series.length) * (ROW + NAME + GAP) + BOTTOM - GAP,
      draw: (stage, shown: GradientData) => drawStrips(stage, shown, rangeOf(shown), image),
      legend: (shown) => {
        const [low, high] = rangeOf(shown);
        return [
          {
            label: 'gradient',
            sign: 'scale',
            color: 'var(--surface), var(--ink-soft)',
            ends: options.range
              ? [`≤ ${scientific(low)}`, `≥ ${scientific(high)}`]
              : [scientific(low), scientific(high)],
          },
        ];
      },
      describe: ({ series }) =>
        series
          .filter(({ values }) => values.length > 0)
          .map(({ name, values }) => {
            const last = values.length - 1;
            return `${name} from ${scientific(values[0]!)} at the first timestep to ${scientific(values[last]!)} at the last`;
          })
          .join('; ') || 'nothing to show yet',
      table: ({ series, words }) => ({
        header: ['Timestep', 'Word', ...series.map(({ name }) => name)],
        rows: Array.from({ length: series[0]?.values.length ?? 0 }, (_, t) => [
          String(t + 1),
          words?.[t] ?? '',
          ...series.map(({ values }) => scientific(values[t]!)),
        ]),
      }),
    },
    data,
    options,
  );
}

function drawStrips(
  { svg, width, height, context, palette, resolve }: Stage,
  { series, words, pad = [], steps: expected = 0 }: GradientData,
  range: readonly [low: number, high: number],
  image: CellsImage,
): Drawn {
  const filled = Math.max(0, ...series.map(({ values }) => values.length));
  const steps = Math.max(expected, filled);
  const right = width - 1;
  const x = scaleLinear([0, Math.max(1, steps)], [1, right]);
  const top = (row: number): number => row * (ROW + NAME + GAP) + NAME;
  const ctx = context!;
  series.forEach(({ values, color = ACCENT }, row) => {
    const cells = image.paint(
      { values, rows: 1, from: 0, to: values.length, share: (value) => logShare(value, range) },
      sequentialRamp(palette.surface, resolve(color)),
    );
    ctx.imageSmoothingEnabled = values.length > width;
    if (values.length > 0) ctx.drawImage(cells, 1, top(row), x(values.length) - 1, ROW);
    for (const run of padRuns(pad, 0, values.length)) {
      hatch(ctx, [x(run.from), top(row), x(run.to) - x(run.from), ROW], palette.pad);
    }
    ctx.strokeStyle = palette.rule;
    ctx.strokeRect(0.5, top(row) - 0.5, right, ROW + 1);
  });
  labels(
    svg,
    'row-names',
    series.map(({ name, color = ACCENT }, row) => ({ x: 0, y: top(row) - 6, text: name, color })),
  );
  labels(
    svg,
    'x-ticks',
    stepTicks(0, steps, xTickCount(width)).map((step) => ({
      x: x(step - 0.5),
      y: height - BOTTOM + 16,
      text: String(step),
      anchor: step === 1 ? 'start' : 'middle',
    })),
  );
  labels(svg, 'axis-names', [{ x: right, y: height - 4, text: 'timestep', anchor: 'end' }]);
  return {
    count: series.length * filled,
    mark(index) {
      const row = Math.floor(index / filled);
      const step = index % filled;
      const { name, values } = series[row]!;
      return {
        x: x(step),
        y: top(row),
        width: x(step + 1) - x(step),
        height: ROW,
        text: [
          `${name} ${pad[step] ? 'padding' : scientific(values[step]!)}`,
          `timestep ${step + 1}${words?.[step] && !pad[step] ? `, “${words[step]}”` : ''}`,
        ],
        group: step + 1,
      };
    },
    nearest(px, py) {
      const row = series.findIndex((_, i) => py >= top(i) - NAME && py <= top(i) + ROW + GAP);
      const step = Math.floor(x.invert(px));
      return row < 0 || step < 0 || step >= filled ? -1 : row * filled + step;
    },
    step: (from, key) =>
      stepInRows(
        series.map(() => filled),
        from,
        key,
      ),
    guide: (step) =>
      step < 1 || step > steps
        ? undefined
        : { x: x(step - 1), y: 0, width: x(step) - x(step - 1), height: height - BOTTOM },
  };
}
