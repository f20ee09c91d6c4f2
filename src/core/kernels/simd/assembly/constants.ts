import { V } from './lanes';

/**
 * Numbers that the activations need in all four lanes. They come from memory: engines build a vector
 * constant in several instructions each time it is used, and load one in a single instruction.
 */
const TABLE: usize = memory.data<f32>([
  1.0, 1.0, 1.0, 1.0,
  2.0, 2.0, 2.0, 2.0,
  0.5, 0.5, 0.5, 0.5,
  -0.0, -0.0, -0.0, -0.0,
  1.4426950216293335, 1.4426950216293335, 1.4426950216293335, 1.4426950216293335,
  12582912.0, 12582912.0, 12582912.0, 12582912.0,
  -0.693359375, -0.693359375, -0.693359375, -0.693359375,
  0.00021219444170128554, 0.00021219444170128554, 0.00021219444170128554, 0.00021219444170128554,
  0.0013926224783062935, 0.0013926224783062935, 0.0013926224783062935, 0.0013926224783062935,
  0.008363212458789349, 0.008363212458789349, 0.008363212458789349, 0.008363212458789349,
  0.041666556149721146, 0.041666556149721146, 0.041666556149721146, 0.041666556149721146,
  0.16666576266288757, 0.16666576266288757, 0.16666576266288757, 0.16666576266288757,
  87.0, 87.0, 87.0, 87.0,
  -87.0, -87.0, -87.0, -87.0,
  10.0, 10.0, 10.0, 10.0,
  0.2, 0.2, 0.2, 0.2,
], 16);

// Where each stands in the table.
export const ONE: usize = 0;
export const TWO: usize = 16;
export const HALF: usize = 32;
/** −0: the sign bit alone. */
export const SIGN: usize = 48;
export const LOG2_E: usize = 64;
/** 1.5 · 2^23: adding it leaves the nearest integer in the low bits. */
export const ROUND: usize = 80;
/** −ln 2 in two parts: the first has few bits, so its product with a small integer is exact. */
export const MINUS_LN2_HIGH: usize = 96;
export const MINUS_LN2_LOW: usize = 112;
/** (e^r − 1 − r) / r² = ½ + C3 r + C4 r² + C5 r³ + C6 r⁴, fitted at the Chebyshev nodes of ± ln 2 / 2. */
export const C6: usize = 128;
export const C5: usize = 144;
export const C4: usize = 160;
export const C3: usize = 176;
/** Beyond these, e^x leaves float32. */
export const LARGEST: usize = 192;
export const SMALLEST: usize = 208;
/** tanh is 1 in float32 from here on. */
export const TANH_END: usize = 224;
/** The slope of Keras's hard sigmoid. */
export const FIFTH: usize = 240;

/** The constant in all lanes. */
// @ts-ignore: decorator
@inline
export function constant(offset: usize): V {
  return load<V>(TABLE + offset);
}
