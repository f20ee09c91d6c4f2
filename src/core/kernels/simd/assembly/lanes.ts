/**
 * The vector that every kernel computes with: four float32 lanes. The build without vectors takes
 * `lanes-scalar.ts` in its place, which has the same names.
 */
export type V = v128;

/** Numbers in a vector. */
export const LANES: i32 = 4;
/** Bytes of a vector. */
export const BYTES: usize = 16;

// @ts-ignore: decorator
@inline
export function splat(x: f32): V {
  return f32x4.splat(x);
}

/** The number at `from` in all lanes. */
// @ts-ignore: decorator
@inline
export function loadSplat(from: usize): V {
  return v128.load_splat<f32>(from);
}

/** The number after it in all lanes. */
// @ts-ignore: decorator
@inline
export function loadSplatNext(from: usize): V {
  return v128.load_splat<f32>(from, 4);
}

// @ts-ignore: decorator
@inline
export function add(a: V, b: V): V {
  return f32x4.add(a, b);
}

// @ts-ignore: decorator
@inline
export function sub(a: V, b: V): V {
  return f32x4.sub(a, b);
}

// @ts-ignore: decorator
@inline
export function mul(a: V, b: V): V {
  return f32x4.mul(a, b);
}

// @ts-ignore: decorator
@inline
export function div(a: V, b: V): V {
  return f32x4.div(a, b);
}

// @ts-ignore: decorator
@inline
export function sqrt(a: V): V {
  return f32x4.sqrt(a);
}

/** a · b + c: rounded once where the machine has it, else twice. */
// @ts-ignore: decorator
@inline
export function fma(a: V, b: V, c: V): V {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  else return f32x4.add(f32x4.mul(a, b), c);
}

// `pmin` and `pmax` keep their first argument where it is NaN, and are one instruction each.

/** The smaller of both. NaN in `x` stays. */
// @ts-ignore: decorator
@inline
export function atMost(x: V, limit: V): V {
  return f32x4.pmin(x, limit);
}

/** The larger of both. NaN in `x` stays. */
// @ts-ignore: decorator
@inline
export function atLeast(x: V, limit: V): V {
  return f32x4.pmax(x, limit);
}

/** The sign's bit alone: 0 or −0. */
// @ts-ignore: decorator
@inline
export function signOf(x: V, minusZero: V): V {
  return v128.and(x, minusZero);
}

/** Changes the sign of `x` where `sign` is −0. */
// @ts-ignore: decorator
@inline
export function flip(x: V, sign: V): V {
  return v128.xor(x, sign);
}

/** `value` where a > b, else 0. */
// @ts-ignore: decorator
@inline
export function whereGreater(a: V, b: V, value: V): V {
  return v128.and(f32x4.gt(a, b), value);
}

/** 2^n, for n from −126 to 127 in the low bits of a number. */
// @ts-ignore: decorator
@inline
export function powerOfTwo(n: V, one: V): V {
  // n + 127 in the exponent's bits; 1 has the 127 there already.
  return i32x4.add(i32x4.shl(n, 23), one);
}

/** Stores the first `count` lanes, one to three. */
export function putTail(to: usize, value: V, count: i32): void {
  f32.store(to, f32x4.extract_lane(value, 0));
  if (count > 1) f32.store(to, f32x4.extract_lane(value, 1), 4);
  if (count > 2) f32.store(to, f32x4.extract_lane(value, 2), 8);
}

/** Transposes a square of `LANES` rows and columns. `step` and `down` are bytes between rows. */
// @ts-ignore: decorator
@inline
export function transposeSquare(from: usize, step: usize, to: usize, down: usize): void {
  const r0 = v128.load(from); from += step;
  const r1 = v128.load(from); from += step;
  const r2 = v128.load(from); from += step;
  const r3 = v128.load(from);
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5)); to += down;
  v128.store(to, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7)); to += down;
  v128.store(to, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5)); to += down;
  v128.store(to, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
}
