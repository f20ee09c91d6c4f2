/** Whole steps `from` up to but not including `to`. */
export type Range = readonly [from: number, to: number];

/** The part of a range that lies within 0 to `size`. */
export function clampRange([from, to]: Range, size: number): Range {
  const start = Math.max(0, Math.min(from, size - 1));
  return [start, Math.max(start, Math.min(to, size))];
}

/**
 * A range that is `factor` times as wide and keeps the step `around` at its place.
 *
 * @param size the range never leaves 0 to `size`.
 * @param least it never gets narrower than this.
 */
export function zoomRange(
  [from, to]: Range,
  factor: number,
  around: number,
  size: number,
  least: number,
): Range {
  const width = Math.min(size, Math.max(least, Math.round((to - from) * factor)));
  const share = to > from ? (around - from) / (to - from) : 0;
  const start = Math.round(around - share * width);
  const first = Math.max(0, Math.min(size - width, start));
  return [first, first + width];
}
