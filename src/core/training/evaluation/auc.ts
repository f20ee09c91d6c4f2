/**
 * The exact area under the ROC curve: the probability that a positive review gets a higher score than
 * a negative one, ties counting half (the Mann-Whitney statistic). NaN unless both classes are there.
 *
 * @param labels 0 or 1
 */
export function rocAuc(scores: Float32Array, labels: Float32Array): number {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!);
  let positives = 0;
  let ranks = 0;
  for (let start = 0; start < order.length;) {
    let end = start;
    let hits = 0;
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) {
      hits += labels[order[end]!]!;
      end++;
    }
    if (end === start) return Number.NaN; // A score that is no number.
    positives += hits;
    // Equal scores share the mean of their ranks, which count from 1.
    ranks += (hits * (start + 1 + end)) / 2;
    start = end;
  }
  const pairs = positives * (order.length - positives);
  return (ranks - (positives * (positives + 1)) / 2) / pairs;
}
