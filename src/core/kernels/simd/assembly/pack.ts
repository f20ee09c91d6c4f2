import { BYTES, LANES, transposeSquare, V } from './lanes';
import { at, padded, TILE_BYTES, TILE_COLUMNS } from './vector';

/** Floats that `packPanels` writes. */
// @ts-ignore: decorator
@inline
export function packedSize(depth: i32, columns: i32): i32 {
  return depth * padded(columns);
}

/**
 * Lays a matrix out as the tile reads it: panels of a tile's columns, shape [⌈columns / tile⌉, depth, tile],
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
      for (; to < next; to += TILE_BYTES, from += (<usize>stride) << 2) {
        store<V>(to, load<V>(from));
        store<V>(to, load<V>(from, BYTES), BYTES);
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

/** `to[j, i] = from[i, j]` for a block of `rows` × `columns`, in squares of a vector's length. */
export function transposeBlock(
  from: usize,
  stride: i32,
  rows: i32,
  columns: i32,
  to: usize,
  toStride: i32,
): void {
  const step = (<usize>stride) << 2, down = (<usize>toStride) << 2;
  const wholeRows = rows & ~(LANES - 1), wholeColumns = columns & ~(LANES - 1);
  for (let i = 0; i < wholeRows; i += LANES) {
    for (let j = 0; j < wholeColumns; j += LANES) {
      transposeSquare(at(from, i * stride + j), step, at(to, j * toStride + i), down);
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
