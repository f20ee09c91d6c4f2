import { fma } from './vector';

/** Columns of a register tile, and of a packed panel. */
export const TILE_COLUMNS: i32 = 8;

/**
 * C = A · B for four rows of A and a packed panel of eight columns of B.
 *
 * Every row has its own address, so rows may lie anywhere. A short tile repeats its last row: it
 * then does the same work again and stores the same numbers again.
 *
 * @param depth columns of A, rows of the panel
 * @param a0,a1,a2,a3 the rows of A, each contiguous
 * @param panel shape [depth, 8]
 * @param c0,c1,c2,c3 where the rows of the result go, eight columns each
 * @param bias eight numbers to add to each row, or 0
 * @param accumulate add to what is at c0 … c3
 */
export function tile(
  depth: i32,
  a0: usize,
  a1: usize,
  a2: usize,
  a3: usize,
  panel: usize,
  c0: usize,
  c1: usize,
  c2: usize,
  c3: usize,
  bias: usize,
  accumulate: bool,
): void {
  let s00 = f32x4.splat(0), s01 = f32x4.splat(0);
  let s10 = f32x4.splat(0), s11 = f32x4.splat(0);
  let s20 = f32x4.splat(0), s21 = f32x4.splat(0);
  let s30 = f32x4.splat(0), s31 = f32x4.splat(0);
  let k = depth;
  // Two columns of A at a time: with more, engines load too far ahead and run out of registers.
  for (; k >= 2; k -= 2) {
    let b0 = v128.load(panel), b1 = v128.load(panel, 16);
    let x = v128.load_splat<f32>(a0);
    s00 = fma(x, b0, s00); s01 = fma(x, b1, s01);
    x = v128.load_splat<f32>(a1);
    s10 = fma(x, b0, s10); s11 = fma(x, b1, s11);
    x = v128.load_splat<f32>(a2);
    s20 = fma(x, b0, s20); s21 = fma(x, b1, s21);
    x = v128.load_splat<f32>(a3);
    s30 = fma(x, b0, s30); s31 = fma(x, b1, s31);

    b0 = v128.load(panel, 32); b1 = v128.load(panel, 48);
    x = v128.load_splat<f32>(a0, 4);
    s00 = fma(x, b0, s00); s01 = fma(x, b1, s01);
    x = v128.load_splat<f32>(a1, 4);
    s10 = fma(x, b0, s10); s11 = fma(x, b1, s11);
    x = v128.load_splat<f32>(a2, 4);
    s20 = fma(x, b0, s20); s21 = fma(x, b1, s21);
    x = v128.load_splat<f32>(a3, 4);
    s30 = fma(x, b0, s30); s31 = fma(x, b1, s31);

    panel += 64;
    a0 += 8; a1 += 8; a2 += 8; a3 += 8;
  }
  if (k > 0) {
    const b0 = v128.load(panel), b1 = v128.load(panel, 16);
    let x = v128.load_splat<f32>(a0);
    s00 = fma(x, b0, s00); s01 = fma(x, b1, s01);
    x = v128.load_splat<f32>(a1);
    s10 = fma(x, b0, s10); s11 = fma(x, b1, s11);
    x = v128.load_splat<f32>(a2);
    s20 = fma(x, b0, s20); s21 = fma(x, b1, s21);
    x = v128.load_splat<f32>(a3);
    s30 = fma(x, b0, s30); s31 = fma(x, b1, s31);
  }
  if (bias !== 0) {
    const b0 = v128.load(bias), b1 = v128.load(bias, 16);
    s00 = f32x4.add(s00, b0); s01 = f32x4.add(s01, b1);
    s10 = f32x4.add(s10, b0); s11 = f32x4.add(s11, b1);
    s20 = f32x4.add(s20, b0); s21 = f32x4.add(s21, b1);
    s30 = f32x4.add(s30, b0); s31 = f32x4.add(s31, b1);
  }
  if (accumulate) {
    // All loads stand before all stores: a repeated row must not be added twice.
    s00 = f32x4.add(s00, v128.load(c0)); s01 = f32x4.add(s01, v128.load(c0, 16));
    s10 = f32x4.add(s10, v128.load(c1)); s11 = f32x4.add(s11, v128.load(c1, 16));
    s20 = f32x4.add(s20, v128.load(c2)); s21 = f32x4.add(s21, v128.load(c2, 16));
    s30 = f32x4.add(s30, v128.load(c3)); s31 = f32x4.add(s31, v128.load(c3, 16));
  }
  v128.store(c0, s00); v128.store(c0, s01, 16);
  v128.store(c1, s10); v128.store(c1, s11, 16);
  v128.store(c2, s20); v128.store(c2, s21, 16);
  v128.store(c3, s30); v128.store(c3, s31, 16);
}
