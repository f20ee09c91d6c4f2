/** How long reviews are, in words. */
export interface LengthSummary {
  readonly shortest: number;
  readonly longest: number;
  readonly median: number;
  /** Nine of ten reviews are no longer. */
  readonly ninetieth: number;
  /** Width of a bin in words; bin `i` counts the lengths from `i * step + 1` to `(i + 1) * step`. */
  readonly step: number;
  readonly bins: readonly number[];
  /** Reviews longer than the last bin. */
  readonly beyond: number;
  /** What is left when reviews are cut at the end of each bin. Same length as `bins`. */
  readonly cuts: readonly LengthCut[];
}

export interface LengthCut {
  /** Share of the reviews that stay whole. */
  readonly whole: number;
  /** Share of all words that stay. */
  readonly words: number;
}

/**
 * Sums up lengths.
 *
 * @param lengths in words, at least one of them.
 * @param step width of a bin in words.
 * @param count number of bins.
 * @throws RangeError when there are no lengths.
 */
export function summarizeLengths(
  lengths: readonly number[],
  step: number,
  count: number,
): LengthSummary {
  const sorted = lengths.toSorted((a, b) => a - b);
  const bins = Array.from({ length: count }, () => 0);
  for (const length of sorted) {
    const bin = Math.max(0, Math.ceil(length / step) - 1);
    if (bin < count) bins[bin]! += 1;
  }
  return {
    shortest: quantile(sorted, 0),
    longest: quantile(sorted, 1),
    median: quantile(sorted, 0.5),
    ninetieth: quantile(sorted, 0.9),
    step,
    bins,
    beyond: sorted.length - sum(bins),
    cuts: bins.map((_, bin) => cutAt(sorted, (bin + 1) * step)),
  };
}

/** What is left of reviews when each is cut after `most` words. */
export function cutAt(lengths: readonly number[], most: number): LengthCut {
  return {
    whole: lengths.filter((length) => length <= most).length / lengths.length,
    words: sum(lengths.map((length) => Math.min(length, most))) / sum(lengths),
  };
}

/** The nearest-rank quantile: the least value that a share `p` of the values does not exceed. */
function quantile(sorted: readonly number[], p: number): number {
  const value = sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('There are no lengths to sum up.');
  return value;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
