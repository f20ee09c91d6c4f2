import { multiplyPanel, multiplyRows } from './multiply-rows';
import { packPanels, transposeBlock } from './pack';
import { at, TILE_COLUMNS } from './vector';

// A block of B is 512 KiB at most and a block of A 132 KiB, so that both stay in the second cache.
const DEPTH: i32 = 256;
const COLUMNS: i32 = 512;
const ROWS: i32 = 132;

/** Bytes of scratch that `gemm` needs, whatever the shapes. */
export function gemmScratch(): i32 {
  return (ROWS * TILE_COLUMNS + DEPTH * COLUMNS + ROWS * DEPTH) * 4;
}

/**
 * C = A · B, plus a bias for each row, or added to what C holds. Blocked for the caches after Goto and
 * van de Geijn, "Anatomy of High-Performance Matrix Multiplication" (2008).
 *
 * @param m,n,k C is [m, n], the sum runs over k
 * @param a element (i, l) at a[i · aStride + l], or a[l · aStride + i] if `aTransposed`; B alike
 * @param bias shape [n], or 0
 * @param scratch `gemmScratch()` bytes
 */
export function gemm(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aStride: i32,
  aTransposed: bool,
  b: usize,
  bStride: i32,
  bTransposed: bool,
  c: usize,
  cStride: i32,
  bias: usize,
  accumulate: bool,
  scratch: usize,
): void {
  const edge = scratch;
  const panels = edge + ROWS * TILE_COLUMNS * 4;
  const block = panels + DEPTH * COLUMNS * 4;
  for (let k0 = 0; k0 < k; k0 += DEPTH) {
    const depth = min(DEPTH, k - k0);
    const add = accumulate || k0 > 0;
    for (let n0 = 0; n0 < n; n0 += COLUMNS) {
      const columns = min(COLUMNS, n - n0);
      const from = bTransposed ? at(b, n0 * bStride + k0) : at(b, k0 * bStride + n0);
      packPanels(from, bStride, bTransposed, depth, columns, panels);
      for (let m0 = 0; m0 < m; m0 += ROWS) {
        const rows = min(ROWS, m - m0);
        let left = at(a, m0 * aStride + k0);
        let leftStride = aStride;
        if (aTransposed) {
          transposeBlock(at(a, k0 * aStride + m0), aStride, depth, rows, block, depth);
          left = block;
          leftStride = depth;
        }
        const offset = k0 === 0 && bias ? at(bias, n0) : 0;
        const corner = at(c, m0 * cStride + n0);
        multiplyBlock(rows, columns, depth, left, leftStride, panels, corner, cStride, offset, add, edge);
      }
    }
  }
}

function multiplyBlock(
  rows: i32,
  columns: i32,
  depth: i32,
  a: usize,
  aStride: i32,
  panels: usize,
  c: usize,
  cStride: i32,
  bias: usize,
  accumulate: bool,
  edge: usize,
): void {
  const whole = columns / TILE_COLUMNS;
  multiplyRows(rows, 0, 0, depth, a, aStride, panels, whole, c, cStride, bias, accumulate);
  const first = whole * TILE_COLUMNS;
  if (first === columns) return;
  // The last columns don't fill a tile: they take the way over a buffer.
  const panel = at(panels, first * depth);
  const offset = bias ? at(bias, first) : 0;
  multiplyPanel(rows, 0, 0, depth, a, aStride, panel, edge, TILE_COLUMNS, offset, false);
  copyEdge(edge, rows, columns - first, at(c, first), cStride, accumulate);
}

function copyEdge(
  edge: usize,
  rows: i32,
  columns: i32,
  c: usize,
  cStride: i32,
  accumulate: bool,
): void {
  for (let i = 0; i < rows; ++i) {
    for (let j = 0; j < columns; ++j) {
      const to = at(c, i * cStride + j);
      const value = f32.load(at(edge, i * TILE_COLUMNS + j));
      f32.store(to, accumulate ? f32.load(to) + value : value);
    }
  }
}
