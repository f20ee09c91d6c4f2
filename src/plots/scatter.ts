import { format } from 'd3-format';
import { scaleLinear } from 'd3-scale';
import { domainOf } from './distribution/bins.ts';
import { createPlot } from './frame/create-plot.ts';
import { GROWTH, grown } from './frame/growth.ts';
import { nearestPlace, stepByPlace } from './frame/steps.ts';
import { labels } from './frame/svg.ts';
import type { Drawn, Plot, Stage } from './frame/types.ts';
import { placeLabels } from './scatter/labels.ts';
import { paintPath, paintPoints, POINT_RAMP } from './scatter/paint.ts';
import type { ScatterData, ScatterOptions } from './scatter/types.ts';
import { ScatterView } from './scatter/view.ts';

export type { ScatterData, ScatterOptions, ScatterPoint } from './scatter/types.ts';

type Size = Pick<Stage, 'width' | 'height'>;

const PADDING = 14;
const REACH = 24;
/** Size of the box around a point that a linked plot points at. */
const GUIDE = 14;
const show = format('+.2f');

/** Points in a plane, such as words of an embedding: pan, zoom, lasso. */
export function scatterPlot(data: ScatterData, options: ScatterOptions): Plot<ScatterData> {
  const { valueName = 'value', mostLabels = 40 } = options;
  let places: (readonly [number, number])[] = [];
  const view = new ScatterView(() => places, options.onSelect);
  return createPlot(
    {
      name: 'scatter',
      surface: 'canvas',
      height: grown(GROWTH.scatter),
      draw: drawPoints,
      legend: (points) =>
        points.some(({ value }) => value !== undefined)
          ? [
              {
                label: valueName,
                sign: 'scale',
                color: POINT_RAMP,
                ends: [show(-largest(points)), show(largest(points))],
              },
            ]
          : [],
      describe: (points) =>
        points.length === 0 ? 'nothing to show yet' : `${points.length} points`,
      table: (points) => ({
        header: ['Point', 'x', 'y', valueName],
        rows: points.map(({ label, x, y, value }, i) => [
          label ?? String(i + 1),
          show(x),
          show(y),
          value === undefined ? '' : show(value),
        ]),
      }),
      connect: (handle) => view.connect(handle),
    },
    data,
    options,
  );

  function drawPoints(stage: Stage, points: ScatterData): Drawn {
    const { width, height, svg, context } = stage;
    const [x, y] = scalesOf(points, { width, height }, options.equal ?? false);
    const { transform } = view;
    places = points.map((point) => transform.apply([x(point.x), y(point.y)]));
    if (options.joined) paintPath(context!, stage, points, places);
    paintPoints(context!, stage, points, places, largest(points), view.selected);
    const named = points.flatMap(({ label }, index) =>
      label === undefined
        ? []
        : [{ index, text: label, x: places[index]![0], y: places[index]![1] }],
    );
    labels(
      svg,
      'point-names',
      placeLabels(named, { width, height }, mostLabels).map((placed) => ({
        ...placed,
        text: points[placed.index]!.label!,
      })),
    );
    view.drawLasso(svg);
    return {
      count: points.length,
      mark(index) {
        const { label, value, group } = points[index]!;
        return {
          x: places[index]![0],
          y: places[index]![1],
          text: [
            label ?? `point ${index + 1}`,
            ...(value === undefined ? [] : [`${valueName} ${show(value)}`]),
          ],
          ...(group === undefined ? {} : { group }),
        };
      },
      nearest: (px, py) => nearestPlace(places, px, py, REACH),
      step: (from, key) => stepByPlace(places, from, key),
      guide(group) {
        const at = points.findIndex((point) => point.group === group);
        if (at < 0) return undefined;
        const [px, py] = places[at]!;
        return { x: px - GUIDE / 2, y: py - GUIDE / 2, width: GUIDE, height: GUIDE };
      },
    };
  }
}

/** @param equal whether a unit is as long on one axis as on the other */
function scalesOf(points: ScatterData, { width, height }: Size, equal: boolean) {
  const sizes = [width - 2 * PADDING, height - 2 * PADDING] as const;
  const domains = [domainOf([points.map(({ x }) => x)]), domainOf([points.map(({ y }) => y)])];
  const units = domains.map(([low, high], i) => (high - low) / sizes[i]!);
  const unit = Math.max(...units);
  const [x, y] = domains.map(([low, high], i) => {
    const spare = equal ? (unit * sizes[i]! - (high - low)) / 2 : 0;
    return [low - spare, high + spare] as const;
  });
  return [
    scaleLinear(x!, [PADDING, width - PADDING]),
    scaleLinear(y!, [height - PADDING, PADDING]),
  ] as const;
}

function largest(points: ScatterData): number {
  return points.reduce((most, { value = 0 }) => Math.max(most, Math.abs(value)), 0) || 1;
}
