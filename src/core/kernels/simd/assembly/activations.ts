import {
  C3, C4, C5, C6, constant, FIFTH, HALF, LARGEST, LOG2_E, MINUS_LN2_HIGH, MINUS_LN2_LOW, ONE, ROUND, SIGN,
  SMALLEST, TANH_END, TWO,
} from './constants';
import {
  add, atLeast, atMost, div, flip, fma, mul, powerOfTwo, signOf, splat, sub, V, whereGreater,
} from './lanes';

/** Codes of Keras's `activation`. */
export const TANH: i32 = 0;
export const RELU: i32 = 1;
/** Codes of Keras's `recurrent_activation`. */
export const SIGMOID: i32 = 0;

// e^x = 2^n · e^r with n the nearest integer to x / ln 2, so |r| ≤ ln 2 / 2.

/** n, still in the low bits of a large number. */
// @ts-ignore: decorator
@inline
function exponent(x: V): V {
  return fma(x, constant(LOG2_E), constant(ROUND));
}

/** e^r − 1, within 3e-8 of its size. */
// @ts-ignore: decorator
@inline
function remainder(x: V, exponent: V): V {
  const n = sub(exponent, constant(ROUND));
  const r = fma(n, constant(MINUS_LN2_LOW), fma(n, constant(MINUS_LN2_HIGH), x));
  let q = fma(constant(C6), r, constant(C5));
  q = fma(q, r, constant(C4));
  q = fma(q, r, constant(C3));
  q = fma(q, r, constant(HALF));
  return fma(mul(q, r), r, r);
}

/** 1 / (1 + e^−x), within 2e-7 of its size; below −87 it stays at 1.6e-38. NaN stays NaN. */
// @ts-ignore: decorator
@inline
function sigmoid(x: V): V {
  const limited = atLeast(atMost(x, constant(LARGEST)), constant(SMALLEST));
  const y = flip(limited, constant(SIGN));
  const n = exponent(y);
  const scale = powerOfTwo(n, constant(ONE));
  const power = fma(scale, remainder(y, n), scale);
  return div(constant(ONE), add(constant(ONE), power));
}

/** tanh x = (e^2|x| − 1) / (e^2|x| + 1) with the sign of x, within 2e-7 of its size. NaN stays NaN. */
// @ts-ignore: decorator
@inline
function tanh(x: V): V {
  const sign = signOf(x, constant(SIGN));
  const size = atMost(flip(x, sign), constant(TANH_END));
  const y = add(size, size);
  const n = exponent(y);
  const scale = powerOfTwo(n, constant(ONE));
  // e^y − 1 without its cancellation near zero.
  const less1 = fma(scale, remainder(y, n), sub(scale, constant(ONE)));
  return flip(div(less1, add(less1, constant(TWO))), sign);
}

/** The new state's or candidate's activation. */
// @ts-ignore: decorator
@inline
export function activate(x: V, kind: i32): V {
  if (kind === TANH) return tanh(x);
  if (kind === RELU) return atLeast(x, splat(0.0));
  return x;
}

/** The slope of `activate`, from its result. */
// @ts-ignore: decorator
@inline
export function activationSlope(y: V, kind: i32): V {
  if (kind === TANH) return sub(constant(ONE), mul(y, y));
  if (kind === RELU) return whereGreater(y, splat(0.0), constant(ONE));
  return constant(ONE);
}

/** A gate: the logistic function, or Keras's hard sigmoid, clip(0.2 x + 0.5, 0, 1). */
// @ts-ignore: decorator
@inline
export function gate(x: V, kind: i32): V {
  if (kind === SIGMOID) return sigmoid(x);
  const line = fma(x, constant(FIFTH), constant(HALF));
  return atMost(atLeast(line, splat(0.0)), constant(ONE));
}

/** The slope of `gate`, from its result. */
// @ts-ignore: decorator
@inline
export function gateSlope(y: V, kind: i32): V {
  if (kind === SIGMOID) return mul(y, sub(constant(ONE), y));
  const below1 = whereGreater(constant(ONE), y, constant(FIFTH));
  return whereGreater(y, splat(0.0), below1);
}
