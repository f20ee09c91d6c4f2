import { add, BYTES, fma, loadSplat, splat, V } from './lanes';
import { TILE_BYTES } from './vector';

/**
 * `tile` with six rows: twelve accumulators leave fewer idle cycles, where there are as many rows.
 */
export function tileOfSix(
  depth: i32,
  a0: usize,
  a1: usize,
  a2: usize,
  a3: usize,
  a4: usize,
  a5: usize,
  panel: usize,
  c0: usize,
  c1: usize,
  c2: usize,
  c3: usize,
  c4: usize,
  c5: usize,
  bias: usize,
  accumulate: bool,
): void {
  let s00 = splat(0), s01 = splat(0);
  let s10 = splat(0), s11 = splat(0);
  let s20 = splat(0), s21 = splat(0);
  let s30 = splat(0), s31 = splat(0);
  let s40 = splat(0), s41 = splat(0);
  let s50 = splat(0), s51 = splat(0);
  for (let k = depth; k > 0; --k) {
    const b0 = load<V>(panel), b1 = load<V>(panel, BYTES);
    let x = loadSplat(a0);
    s00 = fma(x, b0, s00); s01 = fma(x, b1, s01);
    x = loadSplat(a1);
    s10 = fma(x, b0, s10); s11 = fma(x, b1, s11);
    x = loadSplat(a2);
    s20 = fma(x, b0, s20); s21 = fma(x, b1, s21);
    x = loadSplat(a3);
    s30 = fma(x, b0, s30); s31 = fma(x, b1, s31);
    x = loadSplat(a4);
    s40 = fma(x, b0, s40); s41 = fma(x, b1, s41);
    x = loadSplat(a5);
    s50 = fma(x, b0, s50); s51 = fma(x, b1, s51);
    panel += TILE_BYTES;
    a0 += 4; a1 += 4; a2 += 4; a3 += 4; a4 += 4; a5 += 4;
  }
  if (bias !== 0) {
    const b0 = load<V>(bias), b1 = load<V>(bias, BYTES);
    s00 = add(s00, b0); s01 = add(s01, b1);
    s10 = add(s10, b0); s11 = add(s11, b1);
    s20 = add(s20, b0); s21 = add(s21, b1);
    s30 = add(s30, b0); s31 = add(s31, b1);
    s40 = add(s40, b0); s41 = add(s41, b1);
    s50 = add(s50, b0); s51 = add(s51, b1);
  }
  if (accumulate) {
    // All loads stand before all stores: a repeated row must not be added twice.
    s00 = add(s00, load<V>(c0)); s01 = add(s01, load<V>(c0, BYTES));
    s10 = add(s10, load<V>(c1)); s11 = add(s11, load<V>(c1, BYTES));
    s20 = add(s20, load<V>(c2)); s21 = add(s21, load<V>(c2, BYTES));
    s30 = add(s30, load<V>(c3)); s31 = add(s31, load<V>(c3, BYTES));
    s40 = add(s40, load<V>(c4)); s41 = add(s41, load<V>(c4, BYTES));
    s50 = add(s50, load<V>(c5)); s51 = add(s51, load<V>(c5, BYTES));
  }
  store<V>(c0, s00); store<V>(c0, s01, BYTES);
  store<V>(c1, s10); store<V>(c1, s11, BYTES);
  store<V>(c2, s20); store<V>(c2, s21, BYTES);
  store<V>(c3, s30); store<V>(c3, s31, BYTES);
  store<V>(c4, s40); store<V>(c4, s41, BYTES);
  store<V>(c5, s50); store<V>(c5, s51, BYTES);
}
