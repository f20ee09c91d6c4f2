/** `lanes.ts` where WebAssembly has no vectors: a vector is one number. */
export type V = f32;

export const LANES: i32 = 1;
export const BYTES: usize = 4;

// @ts-ignore: decorator
@inline
export function splat(x: f32): V {
  return x;
}

// @ts-ignore: decorator
@inline
export function loadSplat(from: usize): V {
  return load<f32>(from);
}

// @ts-ignore: decorator
@inline
export function loadSplatNext(from: usize): V {
  return load<f32>(from, 4);
}

// @ts-ignore: decorator
@inline
export function add(a: V, b: V): V {
  return a + b;
}

// @ts-ignore: decorator
@inline
export function sub(a: V, b: V): V {
  return a - b;
}

// @ts-ignore: decorator
@inline
export function mul(a: V, b: V): V {
  return a * b;
}

// @ts-ignore: decorator
@inline
export function div(a: V, b: V): V {
  return a / b;
}

// @ts-ignore: decorator
@inline
export function sqrt(a: V): V {
  return f32.sqrt(a);
}

// @ts-ignore: decorator
@inline
export function fma(a: V, b: V, c: V): V {
  return a * b + c;
}

// @ts-ignore: decorator
@inline
export function atMost(x: V, limit: V): V {
  return limit < x ? limit : x;
}

// @ts-ignore: decorator
@inline
export function atLeast(x: V, limit: V): V {
  return x < limit ? limit : x;
}

// @ts-ignore: decorator
@inline
export function signOf(x: V, _: V): V {
  return f32.copysign(0, x);
}

// @ts-ignore: decorator
@inline
export function flip(x: V, sign: V): V {
  return reinterpret<f32>(reinterpret<i32>(x) ^ reinterpret<i32>(sign));
}

// @ts-ignore: decorator
@inline
export function whereGreater(a: V, b: V, value: V): V {
  return a > b ? value : 0;
}

// @ts-ignore: decorator
@inline
export function powerOfTwo(n: V, one: V): V {
  return reinterpret<f32>((reinterpret<i32>(n) << 23) + reinterpret<i32>(one));
}

/** Nothing is left of a single lane. */
// @ts-ignore: decorator
@inline
export function putTail(_to: usize, _value: V, _count: i32): void {}

// @ts-ignore: decorator
@inline
export function transposeSquare(from: usize, _step: usize, to: usize, _down: usize): void {
  store<f32>(to, load<f32>(from));
}
