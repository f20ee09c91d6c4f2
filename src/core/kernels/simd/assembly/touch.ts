import { before, cellAt, projectionAt, Recurrent } from './recurrent';
import { at } from './vector';

// The rows of a step lie far apart, so no prefetcher foresees them. Reading a number of each cache line
// early lets the lines of a row arrive together, while the arithmetic of the rows before it goes on.

/** How many rows of the batch to look ahead. */
const AHEAD: i32 = 2;
const LINE: i32 = 16;

let touched: i32 = 0;

function touch(row: usize, length: i32): void {
  let bits = 0;
  for (let i = 0; i < length; i += LINE) bits |= load<i32>(at(row, i));
  // Kept, so that no compiler leaves the loads out.
  touched = bits;
}

/** Before the forward arithmetic of row `active[i]`: the projection of a row that comes soon. */
export function touchProjection(
  p: Recurrent,
  active: usize,
  i: i32,
  count: i32,
  t: i32,
  width: i32,
): void {
  if (i + AHEAD >= count) return;
  touch(projectionAt(p, p.projections, load<i32>(at(active, i + AHEAD)), t, width), width);
}

/** Before the backward arithmetic of row `active[i]`: what is read for a row that comes soon. */
export function touchSaved(
  p: Recurrent,
  active: usize,
  i: i32,
  count: i32,
  index: i32,
  t: i32,
  width: i32,
): void {
  if (i + AHEAD >= count) return;
  const b = load<i32>(at(active, i + AHEAD));
  const units = p.units;
  touch(cellAt(p, p.dh, b, t, units), units);
  touch(before(p, p.h, p.h0, b, index), units);
  if (p.gates) touch(cellAt(p, p.gates, b, t, width), width);
  if (p.inner) touch(cellAt(p, p.inner, b, t, units), units);
  if (p.c) touch(before(p, p.c, p.c0, b, index), units);
}
