/** Decades that a scale covers at most: what is smaller than its low end looks like nothing. */
const DECADES = 12;

/** The powers of ten around all positive values, at least one decade apart. */
export function magnitudes(lists: readonly ArrayLike<number>[]): [low: number, high: number] {
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  for (const list of lists) {
    for (let i = 0; i < list.length; i++) {
      const value = list[i]!;
      if (!(value > 0) || !Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (high === 0) return [1e-3, 1];
  const top = Math.ceil(Math.log10(high) - 1e-9);
  const bottom = Math.max(Math.floor(Math.log10(low) + 1e-9), top - DECADES);
  return [10 ** Math.min(bottom, top - 1), 10 ** top];
}

/** Place of a value between two magnitudes on a logarithmic scale, 0 to 1. */
export function logShare(value: number, [low, high]: readonly [number, number]): number {
  if (!(value > 0)) return 0;
  return Math.min(1, Math.max(0, Math.log(value / low) / Math.log(high / low)));
}
