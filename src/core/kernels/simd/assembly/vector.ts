import { add, BYTES, LANES, mul, putTail, V } from './lanes';

/** Columns of a register tile, and of a packed panel: two vectors. */
export const TILE_COLUMNS: i32 = 2 * LANES;
export const TILE_BYTES: usize = 2 * BYTES;

/** Rounds up to whole tiles, so that inner buffers need no tails. */
// @ts-ignore: decorator
@inline
export function padded(n: i32): i32 {
  return (n + TILE_COLUMNS - 1) & ~(TILE_COLUMNS - 1);
}

// @ts-ignore: decorator
@inline
export function at(base: usize, index: i32): usize {
  return base + ((<usize>index) << 2);
}

/**
 * Stores the first `count` lanes, one at least; more than all count as all. Loads need no such care:
 * what lies behind the end of a row is in the same memory, and its lanes are not stored.
 */
// @ts-ignore: decorator
@inline
export function put(to: usize, value: V, count: i32): void {
  if (LANES === 1 || count >= LANES) {
    store<V>(to, value);
  } else {
    putTail(to, value, count);
  }
}

/** `to[i] = from[i]` */
export function copyRow(to: usize, from: usize, length: i32): void {
  memory.copy(to, from, (<usize>length) << 2);
}

/** `to[i] = 0` */
export function zeroRow(to: usize, length: i32): void {
  memory.fill(to, 0, (<usize>length) << 2);
}

/** `to[i] = a[i] * b[i]` */
export function mulRow(to: usize, a: usize, b: usize, length: i32): void {
  for (let i = 0; i < length; i += LANES) {
    put(at(to, i), mul(load<V>(at(a, i)), load<V>(at(b, i))), length - i);
  }
}

/** `to[i] += from[i]` */
export function addRow(to: usize, from: usize, length: i32): void {
  let left = length;
  for (; left >= LANES; left -= LANES, to += BYTES, from += BYTES) {
    store<V>(to, add(load<V>(to), load<V>(from)));
  }
  if (left > 0) put(to, add(load<V>(to), load<V>(from)), left);
}
