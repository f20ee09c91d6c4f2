import type { TestReading } from '../../client/index.ts';

export const ORDERS = ['confident', 'longest', 'shortest', 'unknown'] as const;
export type Order = (typeof ORDERS)[number];

/** A test review that was judged wrong. */
export interface Mistake {
  readonly row: number;
  readonly label: number;
  readonly probability: number;
  readonly words: number;
  readonly unknown: number;
}

/** A logit above 0 is the verdict "positive", as the engine counts it. */
const isWrong = (probability: number, label: number): boolean =>
  (probability > 0.5 ? 1 : 0) !== label;

export function mistakesOf(
  { probabilities, labels, rows, words, unknown }: TestReading,
  order: Order,
): Mistake[] {
  const mistakes: Mistake[] = [];
  for (let i = 0; i < rows.length; i++) {
    if (!isWrong(probabilities[i]!, labels[i]!)) continue;
    mistakes.push({
      row: rows[i]!,
      label: labels[i]!,
      probability: probabilities[i]!,
      words: words[i]!,
      unknown: unknown[i]!,
    });
  }
  const weigh: Readonly<Record<Order, (mistake: Mistake) => number>> = {
    confident: ({ probability }) => Math.abs(probability - 0.5),
    longest: (mistake) => mistake.words,
    shortest: (mistake) => -mistake.words,
    unknown: (mistake) => mistake.unknown,
  };
  return mistakes.sort((a, b) => weigh[order](b) - weigh[order](a));
}

/** Reviews of one range of a quantity, and how many of them were judged wrong. */
export interface Slice {
  readonly from: number;
  /** Included. */
  readonly to: number;
  readonly reviews: number;
  readonly wrong: number;
}

/** Four slices of about equally many reviews; fewer where values are equal. */
export function slicesOf(
  { probabilities, labels }: TestReading,
  values: ArrayLike<number>,
  count = 4,
): Slice[] {
  const sorted = Float64Array.from(values).sort();
  const last = sorted.length - 1;
  const ends = Array.from({ length: count }, (_, i) =>
    i === count - 1 ? sorted[last]! : sorted[Math.floor(((i + 1) / count) * last)]!,
  );
  const slices = [...new Set(ends)].map((to) => ({ from: Infinity, to, reviews: 0, wrong: 0 }));
  for (let i = 0; i < values.length; i++) {
    const slice = slices.find(({ to }) => values[i]! <= to)!;
    slice.from = Math.min(slice.from, values[i]!);
    slice.reviews++;
    if (isWrong(probabilities[i]!, labels[i]!)) slice.wrong++;
  }
  return slices;
}
