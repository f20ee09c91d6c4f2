/** A word's place by frequency, and how often it occurs. */
export interface RankedCount {
  /** 1 for the commonest word. */
  readonly rank: number;
  readonly count: number;
}

/**
 * The share of all words in a text collection that its commonest ones make up.
 *
 * @param counts occurrences of each word, commonest first.
 * @param sizes how many of the commonest words are kept.
 * @returns a share from 0 to 1 for each size.
 */
export function coverage(counts: Uint32Array, sizes: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return sizes.map((size) => counts.subarray(0, size).reduce((sum, n) => sum + n, 0) / total);
}

/**
 * Points of the rank-frequency curve, evenly spaced on a logarithmic axis, the first and the last
 * rank included.
 *
 * @param counts occurrences of each word, commonest first.
 * @param perDecade points for each factor of ten, at most.
 */
export function rankPoints(counts: Uint32Array, perDecade: number): RankedCount[] {
  const steps = Math.ceil(Math.log10(counts.length) * perDecade);
  const ranks = new Set<number>();
  for (let i = 0; i < steps; i += 1) ranks.add(Math.round(10 ** (i / perDecade)));
  ranks.add(counts.length);
  return Array.from(ranks, (rank) => ({ rank, count: counts[rank - 1]! })).filter(
    ({ rank }) => rank <= counts.length,
  );
}
