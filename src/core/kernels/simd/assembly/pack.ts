import { at, LANES } from './vector';
import { TILE_COLUMNS } from './tile';

/** Floats that `packPanels` writes. */
// @ts-ignore: decorator
@inline
export function packedSize(depth: i32, columns: i32): i32 {
  return depth * ((columns + 7) & ~7);
}

/**
 * Lays a matrix out as the tile reads it: panels of eight columns, shape [⌈columns / 8⌉, depth, 8],
 * the last one filled up with zeros.
 *
 * @param b element (k, j) is at b[k · stride + j], or at b[j · stride + k] if `transposed`
 */
export function packPanels(
  b: usize,
  stride: i32,
  transposed: bool,
  depth: i32,
  columns: i32,
  to: usize,
): void {
  for (let j = 0; j < columns; j += TILE_COLUMNS) {
    const width = min(TILE_COLUMNS, columns - j);
    const next = to + ((<usize>(depth * TILE_COLUMNS)) << 2);
    if (transposed) {
      if (width < TILE_COLUMNS) memory.fill(to, 0, next - to);
      transposeBlock(at(b, j * stride), stride, width, depth, to, TILE_COLUMNS);
    } else if (width === TILE_COLUMNS) {
      let from = at(b, j);
      for (; to < next; to += 32, from += (<usize>stride) << 2) {
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
      }
    } else {
      memory.fill(to, 0, next - to);
      for (let k = 0; k < depth; ++k) {
        memory.copy(at(to, k * TILE_COLUMNS), at(b, k * stride + j), (<usize>width) << 2);
      }
    }
    to = next;
  }
}

/** `to[j, i] = from[i, j]` for a block of `rows` × `columns`, four by four. */
export function transposeBlock(
  from: usize,
  stride: i32,
  rows: i32,
  columns: i32,
  to: usize,
  toStride: i32,
): void {
  const wholeRows = rows & ~3;
  const wholeColumns = columns & ~3;
  for (let i = 0; i < wholeRows; i += LANES) {
    for (let j = 0; j < wholeColumns; j += LANES) {
      let source = at(from, i * stride + j);
      const step = (<usize>stride) << 2;
      const r0 = v128.load(source); source += step;
      const r1 = v128.load(source); source += step;
      const r2 = v128.load(source); source += step;
      const r3 = v128.load(source);
      const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
      const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
      const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
      const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
      let target = at(to, j * toStride + i);
      const down = (<usize>toStride) << 2;
      v128.store(target, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5)); target += down;
      v128.store(target, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7)); target += down;
      v128.store(target, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5)); target += down;
      v128.store(target, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
    }
    for (let j = wholeColumns; j < columns; ++j) {
      for (let r = i; r < i + LANES; ++r) copyOne(from, r * stride + j, to, j * toStride + r);
    }
  }
  for (let i = wholeRows; i < rows; ++i) {
    for (let j = 0; j < columns; ++j) copyOne(from, i * stride + j, to, j * toStride + i);
  }
}

// @ts-ignore: decorator
@inline
function copyOne(from: usize, source: i32, to: usize, target: i32): void {
  f32.store(at(to, target), f32.load(at(from, source)));
}
