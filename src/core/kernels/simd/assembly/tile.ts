import { add, BYTES, fma, loadSplat, loadSplatNext, splat, V } from './lanes';
import { TILE_BYTES } from './vector';

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
  let s00 = splat(0), s01 = splat(0);
  let s10 = splat(0), s11 = splat(0);
  let s20 = splat(0), s21 = splat(0);
  let s30 = splat(0), s31 = splat(0);
  let k = depth;
  // Two columns of A at a time: with more, engines load too far ahead and run out of registers.
  for (; k >= 2; k -= 2) {
    let b0 = load<V>(panel), b1 = load<V>(panel, BYTES);
    let x = loadSplat(a0);
    s00 = fma(x, b0, s00); s01 = fma(x, b1, s01);
    x = loadSplat(a1);
    s10 = fma(x, b0, s10); s11 = fma(x, b1, s11);
    x = loadSplat(a2);
    s20 = fma(x, b0, s20); s21 = fma(x, b1, s21);
    x = loadSplat(a3);
    s30 = fma(x, b0, s30); s31 = fma(x, b1, s31);

    b0 = load<V>(panel, TILE_BYTES); b1 = load<V>(panel, TILE_BYTES + BYTES);
    x = loadSplatNext(a0);
    s00 = fma(x, b0, s00); s01 = fma(x, b1, s01);
    x = loadSplatNext(a1);
    s10 = fma(x, b0, s10); s11 = fma(x, b1, s11);
    x = loadSplatNext(a2);
    s20 = fma(x, b0, s20); s21 = fma(x, b1, s21);
    x = loadSplatNext(a3);
    s30 = fma(x, b0, s30); s31 = fma(x, b1, s31);

    panel += 2 * TILE_BYTES;
    a0 += 8; a1 += 8; a2 += 8; a3 += 8;
  }
  if (k > 0) {
    const b0 = load<V>(panel), b1 = load<V>(panel, BYTES);
    let x = loadSplat(a0);
    s00 = fma(x, b0, s00); s01 = fma(x, b1, s01);
    x = loadSplat(a1);
    s10 = fma(x, b0, s10); s11 = fma(x, b1, s11);
    x = loadSplat(a2);
    s20 = fma(x, b0, s20); s21 = fma(x, b1, s21);
    x = loadSplat(a3);
    s30 = fma(x, b0, s30); s31 = fma(x, b1, s31);
  }
  if (bias !== 0) {
    const b0 = load<V>(bias), b1 = load<V>(bias, BYTES);
    s00 = add(s00, b0); s01 = add(s01, b1);
    s10 = add(s10, b0); s11 = add(s11, b1);
    s20 = add(s20, b0); s21 = add(s21, b1);
    s30 = add(s30, b0); s31 = add(s31, b1);
  }
  if (accumulate) {
    // All loads stand before all stores: a repeated row must not be added twice.
    s00 = add(s00, load<V>(c0)); s01 = add(s01, load<V>(c0, BYTES));
    s10 = add(s10, load<V>(c1)); s11 = add(s11, load<V>(c1, BYTES));
    s20 = add(s20, load<V>(c2)); s21 = add(s21, load<V>(c2, BYTES));
    s30 = add(s30, load<V>(c3)); s31 = add(s31, load<V>(c3, BYTES));
  }
  store<V>(c0, s00); store<V>(c0, s01, BYTES);
  store<V>(c1, s10); store<V>(c1, s11, BYTES);
  store<V>(c2, s20); store<V>(c2, s21, BYTES);
  store<V>(c3, s30); store<V>(c3, s31, BYTES);
}
