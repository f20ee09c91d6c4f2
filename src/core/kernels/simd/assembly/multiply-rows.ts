import { tile } from './tile';
import { tileOfSix } from './tile-of-six';
import { at, TILE_BYTES, TILE_COLUMNS } from './vector';

/**
 * C = A · B (or C += A · B) for rows that lie anywhere, such as the reviews that have not ended yet.
 *
 * @param count rows to do
 * @param aRows,cRows shape [count], int32: which row of A to read and of C to write, or 0 for 0, 1, 2 …
 * @param aStride,cStride floats from one row to the next; C's rows must hold whole panels
 * @param panels B packed by `packPanels`: `panelCount` panels of shape [depth, 8]
 * @param bias shape [8 · panelCount], or 0
 */
export function multiplyRows(
  count: i32,
  aRows: usize,
  cRows: usize,
  depth: i32,
  a: usize,
  aStride: i32,
  panels: usize,
  panelCount: i32,
  c: usize,
  cStride: i32,
  bias: usize,
  accumulate: bool,
): void {
  const panelBytes = (<usize>(depth * TILE_COLUMNS)) << 2;
  for (let p = 0; p < panelCount; ++p, panels += panelBytes, c += TILE_BYTES) {
    multiplyPanel(count, aRows, cRows, depth, a, aStride, panels, c, cStride, bias, accumulate);
    if (bias) bias += TILE_BYTES;
  }
}

/** `multiplyRows` for a single panel. */
export function multiplyPanel(
  count: i32,
  aRows: usize,
  cRows: usize,
  depth: i32,
  a: usize,
  aStride: i32,
  panel: usize,
  c: usize,
  cStride: i32,
  bias: usize,
  accumulate: bool,
): void {
  const last = count - 1;
  let i = 0;
  while (i < count) {
    const left = count - i;
    const i1 = min(i + 1, last), i2 = min(i + 2, last), i3 = min(i + 3, last);
    const a0 = rowAt(a, aRows, i, aStride), a1 = rowAt(a, aRows, i1, aStride);
    const a2 = rowAt(a, aRows, i2, aStride), a3 = rowAt(a, aRows, i3, aStride);
    const c0 = rowAt(c, cRows, i, cStride), c1 = rowAt(c, cRows, i1, cStride);
    const c2 = rowAt(c, cRows, i2, cStride), c3 = rowAt(c, cRows, i3, cStride);
    // Eight rows are two tiles of four; more, or five or six, start with one of six.
    if (left > 8 || left === 5 || left === 6) {
      const i4 = min(i + 4, last), i5 = min(i + 5, last);
      const a4 = rowAt(a, aRows, i4, aStride), a5 = rowAt(a, aRows, i5, aStride);
      const c4 = rowAt(c, cRows, i4, cStride), c5 = rowAt(c, cRows, i5, cStride);
      tileOfSix(depth, a0, a1, a2, a3, a4, a5, panel, c0, c1, c2, c3, c4, c5, bias, accumulate);
      i += 6;
    } else {
      tile(depth, a0, a1, a2, a3, panel, c0, c1, c2, c3, bias, accumulate);
      i += 4;
    }
  }
}

// @ts-ignore: decorator
@inline
function rowAt(base: usize, rows: usize, index: i32, stride: i32): usize {
  return at(base, (rows ? load<i32>(at(rows, index)) : index) * stride);
}
