/** The middle one, or the mean of the middle two, to a hundredth. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const value = (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
  return Math.round(value * 100) / 100;
}

/** Milliseconds that a task takes. */
export function time(task: () => void): number {
  const start = performance.now();
  task();
  return performance.now() - start;
}

/** The median of some times, with the fastest and the slowest. */
export interface Timing {
  readonly medianMs: number;
  readonly minMs: number;
  readonly maxMs: number;
  readonly runs: number;
}

export function timing(values: readonly number[]): Timing {
  const round = (value: number): number => Math.round(value * 100) / 100;
  return {
    medianMs: median(values),
    minMs: round(Math.min(...values)),
    maxMs: round(Math.max(...values)),
    runs: values.length,
  };
}
