import { interpolateLab, piecewise } from 'd3-interpolate';
import type { Stage } from '../frame/types.ts';
import type { ScatterData } from './types.ts';

/** Values near 0 are grey: in the surface's own colour their points would vanish. */
export const POINT_RAMP = 'var(--negative), var(--pad), var(--positive)';

/** Shades of the colour scale: points of one shade are filled together. */
const SHADES = 17;
const FULL_CIRCLE = 2 * Math.PI;

/** Joins the points that are there; the way to the faint ones is hardly seen. */
export function paintPath(
  context: CanvasRenderingContext2D,
  { palette }: Stage,
  points: ScatterData,
  places: readonly (readonly [number, number])[],
): void {
  context.strokeStyle = palette.pad;
  for (const faint of [true, false]) {
    context.globalAlpha = faint ? 0.25 : 0.8;
    context.beginPath();
    places.forEach(([x, y], i) => {
      if (i === 0 || (points[i]!.faint ?? false) !== faint) return;
      context.moveTo(...places[i - 1]!);
      context.lineTo(x, y);
    });
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** Paints the points, a shade at a time; where some are chosen, the others step back. */
export function paintPoints(
  context: CanvasRenderingContext2D,
  { palette }: Stage,
  points: ScatterData,
  places: readonly (readonly [number, number])[],
  most: number,
  selected: ReadonlySet<number>,
): void {
  const color = piecewise(interpolateLab, [palette.negative, palette.pad, palette.positive]);
  const shades = Array.from({ length: SHADES }, (): number[] => []);
  points.forEach(({ value = 0, faint }, i) => {
    if (faint) return;
    const share = 0.5 + value / (2 * most);
    shades[Math.round(share * (SHADES - 1))]!.push(i);
  });
  const radius = points.length > 1_000 ? 2.2 : 3.5;
  for (const chosen of [false, true]) {
    context.globalAlpha = chosen || selected.size === 0 ? 0.85 : 0.2;
    shades.forEach((indices, shade) => {
      context.beginPath();
      for (const index of indices) {
        if (selected.has(index) !== chosen) continue;
        const [x, y] = places[index]!;
        context.moveTo(x + radius, y);
        context.arc(x, y, radius, 0, FULL_CIRCLE);
      }
      context.fillStyle = color(shade / (SHADES - 1));
      context.fill();
    });
  }
  context.globalAlpha = 1;
}
