import type { TokenTable } from './types.ts';

/**
 * How much more often each token stands in positive reviews than in negative ones: naive Bayes's
 * log-count ratios over which tokens a review has, with one review added to each count (Wang &
 * Manning, ACL 2012).
 *
 * @param table its tokens are below `size`
 * @returns [size], near 0 for a token that both kinds of review have alike
 */
export function logCountRatios(table: TokenTable, size: number): Float32Array {
  const counts = [new Float64Array(size).fill(1), new Float64Array(size).fill(1)] as const;
  const { tokens, offsets, labels } = table;
  for (let i = 0; i < labels.length; i += 1) {
    const own = counts[labels[i] === 1 ? 1 : 0];
    for (const token of new Set(tokens.subarray(offsets[i], offsets[i + 1]))) own[token]! += 1;
  }
  const [negative, positive] = counts;
  const shift = Math.log(sum(positive)) - Math.log(sum(negative));
  return Float32Array.from(positive, (count, i) => Math.log(count / negative[i]!) - shift);
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
