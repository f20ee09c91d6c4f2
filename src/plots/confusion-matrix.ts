import { format } from 'd3-format';
import { shade } from './colors.ts';
import { createPlot } from './frame/create-plot.ts';
import { stepInRows } from './frame/steps.ts';
import { labels, layer } from './frame/svg.ts';
import type { Drawn, Plot, PlotOptions, Stage } from './frame/types.ts';

export interface ConfusionData {
  /** Names of the classes. Of two, the first one is the negative. */
  readonly classes: readonly string[];
  /** `counts[i][j]`: reviews of class `i` that were judged to be class `j`. */
  readonly counts: readonly (readonly number[])[];
}

const whole = format(',');
const percent = format('.1%');
const LEFT = 82;
const TOP = 46;
const GAP = 3;
/** Stronger colours would take the contrast from the figures on them. */
const STRONGEST = 45;

/** True classes down, judged ones across; each cell as strong as its share of its row. */
export function confusionMatrix(data: ConfusionData, options: PlotOptions): Plot<ConfusionData> {
  return createPlot(
    {
      name: 'confusion',
      surface: 'svg',
      height: (_, { classes }) => TOP + classes.length * 84,
      draw: drawMatrix,
      describe: describeConfusion,
      table: ({ classes, counts }) => ({
        header: ['True class', ...classes.map((name) => `Judged ${name}`)],
        rows: classes.map((name, i) => [name, ...counts[i]!.map(whole)]),
      }),
    },
    data,
    options,
  );
}

/** How many verdicts are right. */
export function describeConfusion({ classes, counts }: ConfusionData): string {
  const all = counts.flat().reduce((sum, count) => sum + count, 0);
  if (all === 0) return 'no verdicts yet';
  const right = classes.reduce((sum, _, i) => sum + counts[i]![i]!, 0);
  return `${whole(right)} of ${whole(all)} verdicts are right, ${percent(right / all)}`;
}

function drawMatrix({ svg, width, height }: Stage, { classes, counts }: ConfusionData): Drawn {
  const n = classes.length;
  const side = { x: Math.min(190, (width - LEFT) / n), y: (height - TOP) / n };
  const cells = counts.flatMap((row, i) => {
    const all = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, j) => ({
      i,
      j,
      count,
      share: all > 0 ? count / all : 0,
      x: LEFT + j * side.x,
      y: TOP + i * side.y,
      width: side.x - GAP,
      height: side.y - GAP,
    }));
  });
  const hue = (judged: number): string =>
    n === 2 ? `var(--${judged === 0 ? 'negative' : 'positive'})` : 'var(--accent)';
  layer(svg, 'cells')
    .selectAll('rect')
    .data(cells)
    .join('rect')
    .attr('x', ({ x }) => x)
    .attr('y', ({ y }) => y)
    .attr('rx', 4)
    .attr('width', (cell) => cell.width)
    .attr('height', (cell) => cell.height)
    .style('fill', ({ j, share }) => shade(hue(j), share * STRONGEST));
  const middle = (cell: (typeof cells)[number]) => ({
    x: cell.x + cell.width / 2,
    y: cell.y + cell.height / 2,
    anchor: 'middle' as const,
  });
  labels(
    svg,
    'counts',
    cells.map((cell) => ({ ...middle(cell), y: middle(cell).y + 2, text: whole(cell.count) })),
  );
  labels(
    svg,
    'shares',
    cells.map((cell) => ({ ...middle(cell), y: middle(cell).y + 21, text: percent(cell.share) })),
  );
  labels(svg, 'axis-names', [
    { x: LEFT, y: 12, text: 'judged' },
    { x: 0, y: TOP - 10, text: 'in truth' },
  ]);
  labels(svg, 'class-names', [
    ...classes.map((text, j) => ({
      x: LEFT + (j + 0.5) * side.x,
      y: TOP - 10,
      text,
      anchor: 'middle' as const,
    })),
    ...classes.map((text, i) => ({ x: 0, y: TOP + (i + 0.5) * side.y + 3, text })),
  ]);
  return {
    count: cells.length,
    mark(index) {
      const { i, j, count, share, ...box } = cells[index]!;
      return {
        ...box,
        text: [
          `${whole(count)} ${i === j ? 'right' : 'wrong'}`,
          `${classes[i]}, judged ${classes[j]}`,
          `${percent(share)} of its class`,
        ],
      };
    },
    nearest: (x, y) => {
      const [i, j] = [Math.floor((y - TOP) / side.y), Math.floor((x - LEFT) / side.x)];
      return i >= 0 && i < n && j >= 0 && j < n ? i * n + j : -1;
    },
    step: (from, key) =>
      stepInRows(
        classes.map(() => n),
        from,
        key,
      ),
  };
}
