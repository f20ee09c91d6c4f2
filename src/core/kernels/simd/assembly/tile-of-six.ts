import { fma } from './vector';

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
  let s00 = f32x4.splat(0), s01 = f32x4.splat(0);
  let s10 = f32x4.splat(0), s11 = f32x4.splat(0);
  let s20 = f32x4.splat(0), s21 = f32x4.splat(0);
  let s30 = f32x4.splat(0), s31 = f32x4.splat(0);
  let s40 = f32x4.splat(0), s41 = f32x4.splat(0);
  let s50 = f32x4.splat(0), s51 = f32x4.splat(0);
  for (let k = depth; k > 0; --k) {
    const b0 = v128.load(panel), b1 = v128.load(panel, 16);
    let x = v128.load_splat<f32>(a0);
    s00 = fma(x, b0, s00); s01 = fma(x, b1, s01);
    x = v128.load_splat<f32>(a1);
    s10 = fma(x, b0, s10); s11 = fma(x, b1, s11);
    x = v128.load_splat<f32>(a2);
    s20 = fma(x, b0, s20); s21 = fma(x, b1, s21);
    x = v128.load_splat<f32>(a3);
    s30 = fma(x, b0, s30); s31 = fma(x, b1, s31);
    x = v128.load_splat<f32>(a4);
    s40 = fma(x, b0, s40); s41 = fma(x, b1, s41);
    x = v128.load_splat<f32>(a5);
    s50 = fma(x, b0, s50); s51 = fma(x, b1, s51);
    panel += 32;
    a0 += 4; a1 += 4; a2 += 4; a3 += 4; a4 += 4; a5 += 4;
  }
  if (bias !== 0) {
    const b0 = v128.load(bias), b1 = v128.load(bias, 16);
    s00 = f32x4.add(s00, b0); s01 = f32x4.add(s01, b1);
    s10 = f32x4.add(s10, b0); s11 = f32x4.add(s11, b1);
    s20 = f32x4.add(s20, b0); s21 = f32x4.add(s21, b1);
    s30 = f32x4.add(s30, b0); s31 = f32x4.add(s31, b1);
    s40 = f32x4.add(s40, b0); s41 = f32x4.add(s41, b1);
    s50 = f32x4.add(s50, b0); s51 = f32x4.add(s51, b1);
  }
  if (accumulate) {
    // All loads stand before all stores: a repeated row must not be added twice.
    s00 = f32x4.add(s00, v128.load(c0)); s01 = f32x4.add(s01, v128.load(c0, 16));
    s10 = f32x4.add(s10, v128.load(c1)); s11 = f32x4.add(s11, v128.load(c1, 16));
    s20 = f32x4.add(s20, v128.load(c2)); s21 = f32x4.add(s21, v128.load(c2, 16));
    s30 = f32x4.add(s30, v128.load(c3)); s31 = f32x4.add(s31, v128.load(c3, 16));
    s40 = f32x4.add(s40, v128.load(c4)); s41 = f32x4.add(s41, v128.load(c4, 16));
    s50 = f32x4.add(s50, v128.load(c5)); s51 = f32x4.add(s51, v128.load(c5, 16));
  }
  v128.store(c0, s00); v128.store(c0, s01, 16);
  v128.store(c1, s10); v128.store(c1, s11, 16);
  v128.store(c2, s20); v128.store(c2, s21, 16);
  v128.store(c3, s30); v128.store(c3, s31, 16);
  v128.store(c4, s40); v128.store(c4, s41, 16);
  v128.store(c5, s50); v128.store(c5, s51, 16);
}
