import { DataTable } from './data-table.ts';
import { buildParts, showLegend } from './parts.ts';
import { Pointing, POINT_EVENT } from './pointing.ts';
import { onThemeChange, readColor, readPalette } from './theme.ts';
import type { Palette } from './theme.ts';
import type { Kind, Plot, PlotOptions } from './types.ts';

/**
 * Makes a plot of some kind: its elements, tooltip, keys, table and text alternative. It follows the
 * width of its element and the theme of the page.
 */
export function createPlot<Data>(
  kind: Kind<Data>,
  initial: Data,
  options: PlotOptions,
): Plot<Data> {
  const alive = new AbortController();
  const { signal } = alive;
  const parts = buildParts(kind.name);
  const { element, stage, inner, canvas, svg, body, ruler, tools, foot } = parts;
  let data = initial;
  let palette: Palette | undefined;
  const colors = new Map<string, string>();
  const resolve = (color: string): string => {
    const known = colors.get(color) ?? readColor(element, color);
    colors.set(color, known);
    return known;
  };
  const pointing = new Pointing(parts, signal);
  const table = new DataTable(options.title, () => kind.table(data), signal);
  if (options.table !== false) element.append(table.element);
  // Hidden until it is drawn: what has no size yet would count as moving when it gets one.
  element.style.visibility = 'hidden';
  parts.empty.textContent = options.resting ?? 'Nothing to show yet';
  if (kind.surface !== 'canvas') canvas.remove();
  if (kind.surface === 'text') svg.remove();
  stage.classList.toggle('is-wide', kind.minWidth !== undefined);

  const draw = (): void => {
    stage.ariaLabel = `${options.title}: ${kind.describe(data)}`;
    showLegend(parts.legend, kind.legend?.(data) ?? []);
    table.refresh();
    const width = Math.max(kind.minWidth ?? 0, ruler.clientWidth);
    if (ruler.clientWidth === 0) return;
    const height = Math.round(options.height ?? kind.height?.(width, data) ?? 0);
    palette ??= readPalette(element);
    inner.style.width = `${width}px`;
    if (height > 0) inner.style.height = `${height}px`;
    svg.attr('viewBox', `0 0 ${width} ${height}`).attr('width', width).attr('height', height);
    const context = kind.surface === 'canvas' ? prepare(canvas, width, height) : undefined;
    const drawn = kind.draw({ width, height, svg, context, palette, resolve, body }, data);
    parts.empty.hidden = drawn.count > 0;
    element.style.visibility = '';
    if (drawn.count === 0 && options.resting)
      stage.ariaLabel = `${options.title}: ${options.resting}`;
    pointing.take(drawn);
  };

  kind.connect?.({ stage, tools, foot, signal, redraw: draw, pointed: () => pointing.at });
  let drawnWidth = 0;
  const resized = new ResizeObserver(() => {
    if (ruler.clientWidth === drawnWidth) return;
    drawnWidth = ruler.clientWidth;
    draw();
  });
  resized.observe(ruler);
  signal.addEventListener('abort', () => resized.disconnect());
  onThemeChange(() => {
    palette = undefined;
    colors.clear();
    draw();
  }, signal);
  draw();

  return {
    element,
    update(next) {
      data = next;
      draw();
    },
    point: (group) => pointing.guide(group),
    destroy() {
      alive.abort();
      element.remove();
    },
  };
}

/** Links plots: where one of them points, all the others show their place of the same group. */
export function linkPlots(plots: readonly Plot<never>[]): void {
  for (const from of plots) {
    from.element.addEventListener(POINT_EVENT, (event) => {
      const { detail } = event as CustomEvent<number | undefined>;
      for (const to of plots) if (to !== from) to.point(detail);
    });
  }
}

/** A clean canvas at the resolution of the screen. */
function prepare(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D {
  const ratio = Math.min(2, devicePixelRatio || 1);
  const size = [Math.round(width * ratio), Math.round(height * ratio)] as const;
  if (canvas.width !== size[0] || canvas.height !== size[1]) [canvas.width, canvas.height] = size;
  const context = canvas.getContext('2d')!;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}
