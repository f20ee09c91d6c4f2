import type { Point } from './types.ts';

/**
 * Leaves out points that a line of `pixels` columns can't show. Of each column the first, the lowest,
 * the highest and the last point stay, so that no spike is lost.
 *
 * @param points in order of their x.
 */
export function decimate(points: readonly Point[], pixels: number): readonly Point[] {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || points.length <= 4 * pixels) return points;
  const span = last[0] - first[0] || 1;
  const kept: Point[] = [];
  let from = 0;
  while (from < points.length) {
    const column = Math.floor(((points[from]![0] - first[0]) / span) * pixels);
    let low = from;
    let high = from;
    let to = from + 1;
    for (; to < points.length; to++) {
      if (Math.floor(((points[to]![0] - first[0]) / span) * pixels) > column) break;
      if (points[to]![1] < points[low]![1]) low = to;
      if (points[to]![1] > points[high]![1]) high = to;
    }
    const chosen = new Set([from, Math.min(low, high), Math.max(low, high), to - 1]);
    for (const index of chosen) kept.push(points[index]!);
    from = to;
  }
  return kept;
}
