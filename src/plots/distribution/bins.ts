/** Values counted in bins of equal width. */
export interface Bins {
  readonly start: number;
  readonly step: number;
  /** Share of all values in each bin. */
  readonly shares: readonly number[];
  readonly counts: readonly number[];
}

/** Counts values in `count` bins over a domain; what lies outside counts in the bin at that end. */
export function binValues(
  values: ArrayLike<number>,
  [low, high]: readonly [number, number],
  count: number,
): Bins {
  const step = (high - low) / count || 1;
  const counts = Array.from({ length: count }, () => 0);
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    counts[Math.min(count - 1, Math.max(0, Math.floor((value - low) / step)))]! += 1;
    total++;
  }
  return { start: low, step, counts, shares: counts.map((n) => n / (total || 1)) };
}

/**
 * A Gaussian kernel density estimate of binned values, with the bandwidth of Silverman's rule of thumb
 * (Density Estimation, 1986, eq. 3.31): 0.9 · min(σ, IQR / 1.34) · n^(−1/5).
 *
 * @param bins fine ones: their middles stand for the values.
 * @returns the density at the middle of each bin; its integral over x is about 1.
 */
export function density({ step, counts, shares }: Bins): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return counts.map(() => 0);
  const bandwidth = Math.max(step, silverman(shares, total) * step) / step;
  const reach = Math.ceil(4 * bandwidth);
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-0.5 * ((i - reach) / bandwidth) ** 2),
  );
  const mass = kernel.reduce((sum, weight) => sum + weight, 0) * step;
  return shares.map(
    (_, at) =>
      kernel.reduce((sum, weight, i) => sum + weight * (shares[at + i - reach] ?? 0), 0) / mass,
  );
}

/** Silverman's bandwidth, in bins. */
function silverman(shares: readonly number[], total: number): number {
  const mean = shares.reduce((sum, share, i) => sum + share * i, 0);
  const deviation = Math.sqrt(shares.reduce((sum, share, i) => sum + share * (i - mean) ** 2, 0));
  const spread = (quantile(shares, 0.75) - quantile(shares, 0.25)) / 1.34;
  return 0.9 * (spread > 0 ? Math.min(deviation, spread) : deviation) * total ** -0.2;
}

function quantile(shares: readonly number[], p: number): number {
  let sum = 0;
  return shares.findIndex((share) => (sum += share) >= p);
}

/** The least and the largest of some lists of values; 0 to 1 when there are none. */
export function domainOf(lists: readonly ArrayLike<number>[]): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const list of lists) {
    for (let i = 0; i < list.length; i++) {
      if (!Number.isFinite(list[i])) continue;
      if (list[i]! < low) low = list[i]!;
      if (list[i]! > high) high = list[i]!;
    }
  }
  if (low > high) return [0, 1];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}
