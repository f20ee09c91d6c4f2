import { format } from 'd3-format';
import { scaleLinear } from 'd3-scale';
import { CellsImage, hatch } from './cells/image.ts';
import { DIVERGING_RAMP } from './colors.ts';
import { xTickCount } from './frame/axes.ts';
import { createPlot } from './frame/create-plot.ts';
import { stepTicks } from './frame/numbers.ts';
import { labels } from './frame/svg.ts';
import type { Drawn, Plot, Stage } from './frame/types.ts';
import { divergingRamp } from './cells/ramp.ts';
import type { Ramp } from './cells/ramp.ts';
import { cellMarks, padRuns } from './heat-map/layout.ts';
import type { HeatMapData, HeatMapOptions } from './heat-map/types.ts';
import { HeatMapView } from './heat-map/view.ts';

export type { HeatMapData, HeatMapOptions } from './heat-map/types.ts';

const MARGIN = { top: 4, right: 14, bottom: 40, left: 34 };
/** Of the cells, in px; an empty picture leaves room for as many. */
const TALLEST = 320;
const show = format('+.3f');
const showEnd = format('+.2~f');

/**
 * Units over timesteps, as colours: positive blue, negative orange. Drag, or Shift and the arrow
 * keys, to brush timesteps; zoom with the buttons, with + and −, or to the brushed ones with Enter.
 */
export function heatMap(data: HeatMapData, options: HeatMapOptions): Plot<HeatMapData> {
  const view = new HeatMapView(MARGIN, options);
  const image = new CellsImage();
  let ramp: { readonly of: Stage['palette']; readonly colors: Ramp } | undefined;

  return createPlot(
    {
      name: 'heat-map',
      surface: 'canvas',
      height: (_, { units }) =>
        (units === 0 ? TALLEST : Math.min(TALLEST, Math.max(96, units * 12))) +
        MARGIN.top +
        MARGIN.bottom,
      draw(stage, shown: HeatMapData) {
        if (ramp?.of !== stage.palette) {
          ramp = { of: stage.palette, colors: divergingRamp(stage.palette) };
        }
        return drawCells(stage, shown, ramp.colors);
      },
      legend: (shown) => [
        {
          label: 'value',
          sign: 'scale',
          color: DIVERGING_RAMP,
          ends: [showEnd(-largest(shown)), showEnd(largest(shown))],
        },
        ...(shown.pad?.includes(true)
          ? [{ label: 'padding', sign: 'hatched' as const, color: 'var(--pad)' }]
          : []),
      ],
      describe: describeCells,
      table: ({ values, steps, units, words, numbers }) => ({
        header: [
          'Timestep',
          'Word',
          ...Array.from({ length: units }, (_, u) => `Unit ${numbers?.[u] ?? u + 1}`),
        ],
        rows: Array.from({ length: steps }, (_, t) => [
          String(t + 1),
          words?.[t] ?? '',
          ...Array.from({ length: units }, (__, u) => show(values[t * units + u]!)),
        ]),
      }),
      connect: (handle) => view.connect(handle),
    },
    data,
    options,
  );

  function largest({ values, most: asked = options.most }: HeatMapData): number {
    if (asked !== undefined) return asked;
    let most = 0;
    for (let i = 0; i < values.length; i++) {
      const size = Math.abs(values[i]!);
      if (size > most) most = size;
    }
    return most || 1;
  }

  function drawCells(
    { svg, width, height, context, palette }: Stage,
    shown: HeatMapData,
    colors: Ramp,
  ): Drawn {
    const box = {
      x: MARGIN.left,
      y: MARGIN.top,
      width: width - MARGIN.left - MARGIN.right,
      height: height - MARGIN.top - MARGIN.bottom,
    };
    const [from, to] = view.fit(shown.steps, box);
    const x = scaleLinear([from, Math.max(to, from + 1)], [box.x, box.x + box.width]);
    const most = largest(shown);
    const cells = image.paint(
      {
        values: shown.values,
        rows: shown.units,
        from,
        to,
        share: (value) => 0.5 + value / (2 * most),
        skip: (step) => shown.pad?.[step] ?? false,
      },
      colors,
    );
    context!.imageSmoothingEnabled = to - from > box.width;
    if (shown.values.length > 0) context!.drawImage(cells, box.x, box.y, box.width, box.height);
    for (const run of padRuns(shown.pad ?? [], from, to)) {
      hatch(context!, [x(run.from), box.y, x(run.to) - x(run.from), box.height], palette.pad);
    }
    context!.strokeStyle = palette.rule;
    context!.strokeRect(box.x - 0.5, box.y - 0.5, box.width + 1, box.height + 1);
    if (shown.marked !== undefined) {
      const row = box.height / Math.max(1, shown.units);
      context!.strokeStyle = palette.ink;
      context!.strokeRect(box.x - 0.5, box.y + shown.marked * row - 0.5, box.width + 1, row + 1);
    }

    const bottom = box.y + box.height;
    labels(
      svg,
      'x-ticks',
      stepTicks(from, to, xTickCount(width)).map((step) => ({
        x: x(step - 0.5),
        y: bottom + 16,
        text: String(step),
        anchor: 'middle',
      })),
    );
    const edge = Math.min(box.height / Math.max(1, shown.units) / 2, 8);
    labels(
      svg,
      'y-ticks',
      [
        { y: box.y + edge, text: String(shown.numbers?.[0] ?? 1) },
        { y: bottom - edge, text: String(shown.numbers?.at(-1) ?? shown.units) },
      ]
        .slice(0, shown.units)
        .map(({ y, text }) => ({ x: box.x - 8, y: y + 4, text, anchor: 'end' })),
    );
    labels(svg, 'axis-names', [
      { x: 0, y: box.y + box.height / 2 + 4, text: 'unit' },
      { x: box.x + box.width, y: height - 4, text: 'timestep', anchor: 'end' },
    ]);
    return cellMarks(shown, box, [from, to], show);
  }
}

/** Says how large the picture is and between which values it lies; what is not read yet is no number. */
function describeCells({ values, steps, units }: HeatMapData): string {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return 'nothing to show yet';
  return `${units} units over ${steps} timesteps, from ${show(low)} to ${show(high)}`;
}
