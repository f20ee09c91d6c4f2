import {
  C3, C4, C5, C6, constant, FIFTH, HALF, LARGEST, LOG2_E, MINUS_LN2_HIGH, MINUS_LN2_LOW, ONE, ROUND, SIGN,
  SMALLEST, TANH_END, TWO,
} from './constants';
import { fma, splat } from './vector';

/** Codes of Keras's `activation`. */
export const TANH: i32 = 0;
export const RELU: i32 = 1;
/** Codes of Keras's `recurrent_activation`. */
export const SIGMOID: i32 = 0;

// e^x = 2^n · e^r with n the nearest integer to x / ln 2, so |r| ≤ ln 2 / 2.

/** n, still in the low bits of a large number. */
// @ts-ignore: decorator
@inline
function exponent(x: v128): v128 {
  return fma(x, constant(LOG2_E), constant(ROUND));
}

/** 2^n, for n from −126 to 127. */
// @ts-ignore: decorator
@inline
function powerOfTwo(n: v128): v128 {
  // n + 127 in the exponent's bits; ONE has the 127 there already.
  return i32x4.add(i32x4.shl(n, 23), constant(ONE));
}

/** e^r − 1, within 3e-8 of its size. */
// @ts-ignore: decorator
@inline
function remainder(x: v128, exponent: v128): v128 {
  const n = f32x4.sub(exponent, constant(ROUND));
  const r = fma(n, constant(MINUS_LN2_LOW), fma(n, constant(MINUS_LN2_HIGH), x));
  let q = fma(constant(C6), r, constant(C5));
  q = fma(q, r, constant(C4));
  q = fma(q, r, constant(C3));
  q = fma(q, r, constant(HALF));
  return fma(f32x4.mul(q, r), r, r);
}

/** 1 / (1 + e^−x), within 2e-7 of its size; below −87 it stays at 1.6e-38. NaN stays NaN. */
// @ts-ignore: decorator
@inline
function sigmoid(x: v128): v128 {
  // `pmin` and `pmax` keep their first argument where it is NaN, and are one instruction each.
  const limited = f32x4.pmax(f32x4.pmin(x, constant(LARGEST)), constant(SMALLEST));
  const y = v128.xor(limited, constant(SIGN));
  const n = exponent(y);
  const scale = powerOfTwo(n);
  const power = fma(scale, remainder(y, n), scale);
  return f32x4.div(constant(ONE), f32x4.add(constant(ONE), power));
}

/** tanh x = (e^2|x| − 1) / (e^2|x| + 1) with the sign of x, within 2e-7 of its size. NaN stays NaN. */
// @ts-ignore: decorator
@inline
function tanh(x: v128): v128 {
  const sign = v128.and(x, constant(SIGN));
  const size = f32x4.pmin(v128.xor(x, sign), constant(TANH_END));
  const y = f32x4.add(size, size);
  const n = exponent(y);
  const scale = powerOfTwo(n);
  // e^y − 1 without its cancellation near zero.
  const less1 = fma(scale, remainder(y, n), f32x4.sub(scale, constant(ONE)));
  return v128.xor(f32x4.div(less1, f32x4.add(less1, constant(TWO))), sign);
}

/** The new state's or candidate's activation. */
// @ts-ignore: decorator
@inline
export function activate(x: v128, kind: i32): v128 {
  if (kind === TANH) return tanh(x);
  if (kind === RELU) return f32x4.pmax(x, splat(0.0));
  return x;
}

/** The slope of `activate`, from its result. */
// @ts-ignore: decorator
@inline
export function activationSlope(y: v128, kind: i32): v128 {
  if (kind === TANH) return f32x4.sub(constant(ONE), f32x4.mul(y, y));
  if (kind === RELU) return v128.and(f32x4.gt(y, splat(0.0)), constant(ONE));
  return constant(ONE);
}

/** A gate: the logistic function, or Keras's hard sigmoid, clip(0.2 x + 0.5, 0, 1). */
// @ts-ignore: decorator
@inline
export function gate(x: v128, kind: i32): v128 {
  if (kind === SIGMOID) return sigmoid(x);
  const line = fma(x, constant(FIFTH), constant(HALF));
  return f32x4.pmin(f32x4.pmax(line, splat(0.0)), constant(ONE));
}

/** The slope of `gate`, from its result. */
// @ts-ignore: decorator
@inline
export function gateSlope(y: v128, kind: i32): v128 {
  if (kind === SIGMOID) return f32x4.mul(y, f32x4.sub(constant(ONE), y));
  const inside = v128.and(f32x4.gt(y, splat(0.0)), f32x4.lt(y, constant(ONE)));
  return v128.and(inside, constant(FIFTH));
}
