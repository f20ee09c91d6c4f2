import type { Team } from './team.ts';

/** Numbers that a thread takes 30 µs or more to move: handing them over takes up to 50. */
const FEWEST_NUMBERS = 2 ** 18;

/** How many threads are worth it for a kernel that does little with each of so many numbers. */
export function threadsFor(team: Team, numbers: number): number {
  return Math.min(team.size, Math.ceil(numbers / FEWEST_NUMBERS));
}

/** A part of a range: from `start`, `length` long. */
export interface Part {
  readonly start: number;
  readonly length: number;
}

/**
 * Splits a range evenly.
 *
 * @param parts at most so many; fewer if there is not as much to split
 * @param step every part but the last is a multiple of this
 */
export function split(length: number, parts: number, step: number): Part[] {
  const units = Math.ceil(length / step);
  const count = Math.max(1, Math.min(parts, units));
  const bounds = Array.from({ length: count + 1 }, (_, i) =>
    Math.min(Math.round((i * units) / count) * step, length),
  );
  return between(bounds);
}

/**
 * Splits rows so that each part has about the same work.
 *
 * @param work of each row
 * @param parts at most so many; fewer if a part would have fewer rows than `fewest`
 */
export function splitByWork(work: readonly number[], parts: number, fewest: number): Part[] {
  const rows = work.length;
  const count = Math.max(1, Math.min(parts, Math.floor(rows / fewest)));
  const total = work.reduce((sum, value) => sum + value, 0);
  const bounds = [0];
  let done = 0;
  for (let row = 0; row < rows && bounds.length < count; row++) {
    const share = (total * bounds.length) / count;
    // The row's middle decides on which side of the bound it falls.
    const past = done + work[row]! / 2 >= share;
    const left = rows - row - (count - bounds.length) * fewest;
    if (row - bounds.at(-1)! >= fewest && (past || left <= 0)) bounds.push(row);
    done += work[row]!;
  }
  return between([...bounds, rows]);
}

function between(bounds: readonly number[]): Part[] {
  return bounds.slice(1).map((end, i) => ({ start: bounds[i]!, length: end - bounds[i]! }));
}
