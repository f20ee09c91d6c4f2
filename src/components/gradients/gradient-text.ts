import { scientific } from '../../plots/frame/scientific.ts';
import { whole } from '../lab/format.ts';

/** A gradient that has fallen below this share of the last one teaches next to nothing. */
const LEAST = 0.01;

/** How many times as large the gradient is at the first timestep as at the last. */
export const growth = (norms: ArrayLike<number>): number => norms[0]! / norms[norms.length - 1]!;

/** Timesteps from the end until the gradient is a hundredth of the last one: at most all of them. */
export function reach(norms: ArrayLike<number>): number {
  const last = norms[norms.length - 1] ?? 0;
  let steps = 0;
  while (steps < norms.length && norms[norms.length - 1 - steps]! >= LEAST * last) steps++;
  return steps;
}

/** What reaches the first word, in a sentence. */
export function describeGrowth(norms: ArrayLike<number>): string {
  const times = growth(norms);
  const where = `On its way over ${norms.length - 1} words the gradient`;
  if (times === 0) return `${where} becomes too small for a number.`;
  if (!Number.isFinite(times)) return `${where} becomes too large for a number.`;
  if (times >= 2) return `${where} grows ${amount(times)} times.`;
  if (times <= 0.5) return `${where} shrinks to 1/${amount(1 / times)}.`;
  return `${where} keeps about its size.`;
}

/** 45123 → "45,123", 3e9 → "3.0e9" in the form of the figures */
const amount = (value: number): string =>
  value < 1e6 ? (value < 10 ? value.toFixed(1) : whole(value)) : scientific(value);
