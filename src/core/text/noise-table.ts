/** Entries of a {@link noiseTable}: a power of two, large enough for the rarest words. */
export const SHARES = 2 ** 22;
/** Flattens the counts, so that rare words are drawn more often (Mikolov et al., NeurIPS 2013). */
const POWER = 0.75;

/**
 * Words to draw noise from: each fills as many entries as its count to the power of ¾ is a share of
 * all. Where every count is 0, all entries are 0.
 *
 * @param counts how often each id stands in the texts
 */
export function noiseTable(counts: Float64Array): Int32Array {
  const shares = counts.map((count) => count ** POWER);
  const all = shares.reduce((sum, share) => sum + share, 0);
  const table = new Int32Array(SHARES);
  if (all === 0) return table;
  let [sum, from] = [0, 0];
  for (const [id, share] of shares.entries()) {
    sum += share;
    const to = Math.round((sum / all) * SHARES);
    table.fill(id, from, to);
    from = to;
  }
  return table;
}
