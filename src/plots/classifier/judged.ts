/** Probabilities of a positive review beside the truth, 0 or 1. */
export interface JudgedData {
  readonly probabilities: ArrayLike<number>;
  readonly labels: ArrayLike<number>;
}

/** A point of a ROC curve: a review is judged positive when its probability reaches the threshold. */
export interface RocPoint {
  readonly threshold: number;
  /** Share of the negative reviews that are judged positive. */
  readonly falsePositive: number;
  /** Share of the positive reviews that are judged positive. */
  readonly truePositive: number;
}

/** The curve from (0, 0) to (1, 1), one point for each distinct probability. Empty without both classes. */
export function rocCurve({ probabilities, labels }: JudgedData): RocPoint[] {
  const positives = sortedOf(1, probabilities, labels);
  const negatives = sortedOf(0, probabilities, labels);
  if (positives.length === 0 || negatives.length === 0) return [];
  const curve = [{ threshold: Number.POSITIVE_INFINITY, falsePositive: 0, truePositive: 0 }];
  // Both lists ascend: the highest probability that is left stands at the end of one of them.
  let [right, wrong] = [0, 0];
  while (right < positives.length || wrong < negatives.length) {
    const threshold = Math.max(
      positives[positives.length - 1 - right] ?? Number.NEGATIVE_INFINITY,
      negatives[negatives.length - 1 - wrong] ?? Number.NEGATIVE_INFINITY,
    );
    while (positives[positives.length - 1 - right] === threshold) right++;
    while (negatives[negatives.length - 1 - wrong] === threshold) wrong++;
    curve.push({
      threshold,
      falsePositive: wrong / negatives.length,
      truePositive: right / positives.length,
    });
  }
  return curve;
}

/** The probabilities of one class, ascending; what is no number is left out. */
function sortedOf(
  label: number,
  probabilities: JudgedData['probabilities'],
  labels: JudgedData['labels'],
): Float64Array {
  return Float64Array.from(probabilities)
    .filter((value, i) => labels[i] === label && Number.isFinite(value))
    .sort();
}

/** Area under a ROC curve, by trapezoids: ties count half (Fawcett, 2006, algorithm 2). */
export function areaUnder(curve: readonly RocPoint[]): number {
  let area = 0;
  for (let i = 1; i < curve.length; i++) {
    const [before, after] = [curve[i - 1]!, curve[i]!];
    area +=
      ((after.falsePositive - before.falsePositive) * (after.truePositive + before.truePositive)) /
      2;
  }
  return area;
}

/** Index of the point that a threshold leads to. */
export function pointAt(curve: readonly RocPoint[], threshold: number): number {
  return curve.findLastIndex((point) => point.threshold >= threshold);
}

/** Reviews whose probabilities lie in one range. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Mean of the probabilities. */
  readonly predicted: number;
  /** Share of positive reviews. */
  readonly actual: number;
}

/** Bins of equal width; those without a review are left out. */
export function reliabilityBins(
  { probabilities, labels }: JudgedData,
  bins = 10,
): ReliabilityBin[] {
  const sums = Array.from({ length: bins }, () => ({ count: 0, predicted: 0, actual: 0 }));
  for (let i = 0; i < probabilities.length; i++) {
    if (!Number.isFinite(probabilities[i])) continue;
    const sum = sums[Math.min(bins - 1, Math.floor(probabilities[i]! * bins))]!;
    sum.count += 1;
    sum.predicted += probabilities[i]!;
    sum.actual += labels[i]!;
  }
  return sums.flatMap(({ count, predicted, actual }, i) =>
    count === 0
      ? []
      : [
          {
            from: i / bins,
            to: (i + 1) / bins,
            count,
            predicted: predicted / count,
            actual: actual / count,
          },
        ],
  );
}

/** Expected calibration error: the mean gap of the bins, weighed by their reviews (Naeini et al., 2015). */
export function calibrationError(bins: readonly ReliabilityBin[]): number {
  const all = bins.reduce((sum, { count }) => sum + count, 0);
  return bins.reduce(
    (sum, { count, predicted, actual }) => sum + (count / all) * Math.abs(predicted - actual),
    0,
  );
}
