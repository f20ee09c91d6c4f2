import { ticks } from 'd3-array';

export { scientific } from './scientific.ts';

/** Round numbers of timesteps, counted from 1, within steps `from` (0-based) up to, not including, `to`. */
export function stepTicks(from: number, to: number, count: number): number[] {
  if (to <= from) return [];
  return ticks(from + 1, to, Math.max(1, Math.min(to - from, count))).filter(Number.isInteger);
}
