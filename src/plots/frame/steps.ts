import type { StepKey } from './types.ts';

/** Share of a row that Page Up and Page Down cross. */
const PAGES = 10;

/**
 * Moves through rows of marks, numbered row by row. Rows may differ in length: up and down keep the
 * share of the row.
 */
export function stepInRows(lengths: readonly number[], from: number, key: StepKey): number {
  const count = lengths.reduce((sum, length) => sum + length, 0);
  if (count === 0) return -1;
  if (from < 0 || from >= count) return key === 'End' ? count - 1 : 0;
  let row = 0;
  let first = 0;
  while (from >= first + lengths[row]!) first += lengths[row++]!;
  const length = lengths[row]!;
  const page = Math.max(1, Math.round(length / PAGES));
  const within = (column: number): number => first + Math.min(length - 1, Math.max(0, column));
  const column = from - first;
  switch (key) {
    case 'ArrowLeft':
      return within(column - 1);
    case 'ArrowRight':
      return within(column + 1);
    case 'PageUp':
      return within(column - page);
    case 'PageDown':
      return within(column + page);
    case 'Home':
      return first;
    case 'End':
      return first + length - 1;
    case 'ArrowUp':
    case 'ArrowDown':
      break;
  }
  const way = key === 'ArrowUp' ? -1 : 1;
  let next = row + way;
  while (lengths[next] === 0) next += way;
  const nextLength = lengths[next];
  if (nextLength === undefined) return from;
  const share = length > 1 ? column / (length - 1) : 0;
  const nextFirst = lengths.slice(0, next).reduce((sum, size) => sum + size, 0);
  return nextFirst + Math.round(share * (nextLength - 1));
}

type Place = readonly [x: number, y: number];

const WAYS: Readonly<Partial<Record<StepKey, Place>>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Moves to the nearest place in the direction of an arrow key; what lies askew counts as farther. */
export function stepByPlace(places: readonly Place[], from: number, key: StepKey): number {
  if (places.length === 0) return -1;
  if (key === 'End') return places.length - 1;
  const start = places[from];
  if (!start || key === 'Home') return 0;
  const way = WAYS[key];
  if (!way) return from;
  let best = from;
  let least = Number.POSITIVE_INFINITY;
  places.forEach(([x, y], i) => {
    const ahead = (x - start[0]) * way[0] + (y - start[1]) * way[1];
    if (i === from || ahead <= 0.5) return;
    const aside = Math.abs((x - start[0]) * way[1]) + Math.abs((y - start[1]) * way[0]);
    const cost = ahead + 2 * aside;
    if (cost >= least) return;
    least = cost;
    best = i;
  });
  return best;
}

/** The place nearest to a point, or -1 when none is within `reach`. */
export function nearestPlace(
  places: readonly Place[],
  x: number,
  y: number,
  reach = Number.POSITIVE_INFINITY,
): number {
  let best = -1;
  let least = reach ** 2;
  places.forEach((place, i) => {
    const distance = (place[0] - x) ** 2 + (place[1] - y) ** 2;
    if (distance > least) return;
    least = distance;
    best = i;
  });
  return best;
}
