import { axisBottom, axisLeft, format, line, scaleLinear, select } from 'd3';

type Point = readonly [x: number, y: number];

export interface LinePlotOptions {
  /** What is drawn, for the text alternative. */
  readonly title: string;
  readonly x: { readonly label: string; readonly max: number };
  readonly y: { readonly min: number; readonly max: number; readonly percent?: boolean };
  readonly line: readonly Point[];
  /** Marked points, connected by a dashed line. */
  readonly dots: readonly Point[];
  /** A horizontal line to compare with. */
  readonly guide: { readonly value: number; readonly label: string };
}

const MARGIN = { top: 8, right: 10, bottom: 34, left: 44 };

/** More points than this many a pixel cost time and show nothing. */
const POINTS_PER_PIXEL = 2;

/**
 * Draws a line and marked points into `svg`, at the size that the page gives it. Called again, it
 * updates what it drew. Colours come from the page's design tokens.
 */
export function linePlot(svg: SVGSVGElement, options: LinePlotOptions): void {
  const { width, height } = svg.getBoundingClientRect();
  if (width === 0 || height === 0) return;
  const x = scaleLinear([0, options.x.max], [MARGIN.left, width - MARGIN.right]);
  const y = scaleLinear([options.y.min, options.y.max], [height - MARGIN.bottom, MARGIN.top]);
  const path = line<Point>(
    (point) => x(point[0]),
    (point) => y(point[1]),
  );
  const root = select(svg)
    .attr('viewBox', `0 0 ${width} ${height}`)
    .attr('aria-label', describe(options));

  const yTicks = options.y.percent ? format('.0%') : format('.1f');
  layer(root, 'x-axis')
    .attr('transform', `translate(0, ${height - MARGIN.bottom})`)
    .call(
      axisBottom(x)
        .ticks(Math.max(2, width / 80))
        .tickSizeOuter(0) as never,
    );
  layer(root, 'y-axis')
    .attr('transform', `translate(${MARGIN.left}, 0)`)
    .call(axisLeft(y).ticks(5, yTicks).tickFormat(yTicks).tickSizeOuter(0) as never);
  root.selectAll('.domain, .tick line').attr('stroke', 'var(--rule-strong)');
  root.selectAll('.tick text').attr('fill', 'var(--ink-soft)').style('font', TICK_FONT);

  text(root, 'x-label', options.x.label)
    .attr('x', width - MARGIN.right)
    .attr('y', height - 4)
    .attr('text-anchor', 'end');
  const guideY = y(options.guide.value);
  layer(root, 'guide')
    .selectAll('line')
    .data([guideY])
    .join('line')
    .attr('stroke', 'var(--rule-strong)')
    .attr('stroke-dasharray', '1 4')
    .attr('x1', MARGIN.left)
    .attr('x2', width - MARGIN.right)
    .attr('y1', guideY)
    .attr('y2', guideY);
  text(root, 'guide-label', options.guide.label)
    .attr('x', width - MARGIN.right)
    .attr('y', guideY - 4)
    .attr('text-anchor', 'end');

  const shown = thin(options.line, (width - MARGIN.left - MARGIN.right) * POINTS_PER_PIXEL);
  curve(root, 'line', path(shown)).attr('stroke', 'var(--ink-soft)').attr('stroke-width', 1.5);
  curve(root, 'dots-line', path(options.dots as Point[]))
    .attr('stroke', 'var(--accent)')
    .attr('stroke-width', 1.5)
    .attr('stroke-dasharray', '4 3');
  layer(root, 'dots')
    .selectAll('circle')
    .data(options.dots)
    .join('circle')
    .attr('r', 4.5)
    .attr('fill', 'var(--accent)')
    .attr('cx', (point) => x(point[0]))
    .attr('cy', (point) => y(point[1]));
}

const TICK_FONT = '12px var(--sans)';

type Root = ReturnType<typeof select<SVGSVGElement, unknown>>;

/** The group of that name, made on first use. */
function layer(root: Root, name: string) {
  return root
    .selectAll<SVGGElement, string>(`g.${name}`)
    .data([name])
    .join('g')
    .attr('class', name);
}

function curve(root: Root, name: string, d: string | null) {
  return layer(root, name)
    .selectAll('path')
    .data([d])
    .join('path')
    .attr('fill', 'none')
    .attr('stroke-linejoin', 'round')
    .attr('d', d ?? '');
}

function text(root: Root, name: string, content: string) {
  return layer(root, name)
    .selectAll('text')
    .data([content])
    .join('text')
    .attr('fill', 'var(--ink-soft)')
    .style('font', TICK_FONT)
    .text(content);
}

/** Every n-th point, and always the last one. */
export function thin(points: readonly Point[], limit: number): Point[] {
  const stride = Math.ceil(points.length / Math.max(1, limit));
  return points.filter((_, i) => i % stride === 0 || i === points.length - 1);
}

/** One sentence that says what the picture shows. */
export function describe({ title, x, y, line: points, dots }: LinePlotOptions): string {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return `${title} by ${x.label}: no run yet`;
  const show = y.percent ? format('.0%') : format('.3f');
  const held = dots.at(-1);
  const end = held ? `; on held-out reviews ${show(held[1])}` : '';
  return `${title} by ${x.label}: from ${show(first[1])} to ${show(last[1])} at ${x.label} ${last[0]}${end}`;
}
