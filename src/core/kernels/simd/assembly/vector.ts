/** Four float32 lanes: the arithmetic that every kernel here is made of. */

/** Lanes of a vector. */
export const LANES: i32 = 4;

/** a · b + c: rounded once where the machine has it, else twice. */
// @ts-ignore: decorator
@inline
export function fma(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  else return f32x4.add(f32x4.mul(a, b), c);
}

// @ts-ignore: decorator
@inline
export function splat(x: f32): v128 {
  return f32x4.splat(x);
}

/** Rounds up to whole tiles of eight columns, so that inner buffers need no tails. */
// @ts-ignore: decorator
@inline
export function padded(n: i32): i32 {
  return (n + 7) & ~7;
}

// @ts-ignore: decorator
@inline
export function at(base: usize, index: i32): usize {
  return base + ((<usize>index) << 2);
}

/**
 * Stores the first `count` lanes (one to four; more count as four). Loads need no such care: what
 * lies behind the end of a row is in the same memory, and its lanes are not stored.
 */
// @ts-ignore: decorator
@inline
export function put(to: usize, value: v128, count: i32): void {
  if (count >= LANES) {
    v128.store(to, value);
  } else {
    putTail(to, value, count);
  }
}

function putTail(to: usize, value: v128, count: i32): void {
  f32.store(to, f32x4.extract_lane(value, 0));
  if (count > 1) f32.store(to, f32x4.extract_lane(value, 1), 4);
  if (count > 2) f32.store(to, f32x4.extract_lane(value, 2), 8);
}

/** `to[i] = from[i]` */
export function copyRow(to: usize, from: usize, length: i32): void {
  memory.copy(to, from, (<usize>length) << 2);
}

/** `to[i] = 0` */
export function zeroRow(to: usize, length: i32): void {
  memory.fill(to, 0, (<usize>length) << 2);
}

/** `to[i] += from[i]` */
export function addRow(to: usize, from: usize, length: i32): void {
  let left = length;
  for (; left >= LANES; left -= LANES, to += 16, from += 16) {
    v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
  }
  if (left > 0) put(to, f32x4.add(v128.load(to), v128.load(from)), left);
}
