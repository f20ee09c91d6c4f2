import { add, BYTES, LANES, V } from './lanes';
import { addRow, at, copyRow, put, zeroRow } from './vector';

/** `to[i] = from[indices[i]]` for rows of `width` floats. The caller has checked the indices. */
export function gatherTableRows(
  count: i32,
  indices: usize,
  width: i32,
  from: usize,
  to: usize,
): void {
  for (let i = 0; i < count; ++i) {
    copyRow(at(to, i * width), at(from, load<i32>(at(indices, i)) * width), width);
  }
}

/** Adds `count` arrays to one, which lie `step` bytes apart from each other. */
export function addArrays(size: i32, count: i32, from: usize, step: usize, to: usize): void {
  for (let i = 0; i < count; ++i, from += step) addRow(to, from, size);
}

/**
 * `to[segments[i] - firstSegment] += from[i]`, from zeros, in one pass; other segments than those of
 * the range are skipped.
 */
export function sumSegments(
  count: i32,
  segments: usize,
  width: i32,
  from: usize,
  firstSegment: i32,
  segmentCount: i32,
  to: usize,
): void {
  zeroRow(to, segmentCount * width);
  for (let i = 0; i < count; ++i) {
    const segment = load<i32>(at(segments, i)) - firstSegment;
    if (segment >= 0 && segment < segmentCount) addRow(at(to, segment * width), at(from, i * width), width);
  }
}

/** `to[j]` = the sum of column j over all rows, four rows at a time. */
export function sumRows(count: i32, width: i32, from: usize, to: usize): void {
  zeroRow(to, width);
  const whole = count & ~3;
  const step = (<usize>width) << 2;
  for (let i = 0; i < whole; i += 4) {
    let row = at(from, i * width);
    for (let j = 0; j < width; j += LANES, row += BYTES) {
      const low = add(load<V>(row), load<V>(row + step));
      const high = add(load<V>(row + 2 * step), load<V>(row + 3 * step));
      const sum = add(load<V>(at(to, j)), add(low, high));
      put(at(to, j), sum, width - j);
    }
  }
  for (let i = whole; i < count; ++i) addRow(to, at(from, i * width), width);
}

/** Copies `rows` rows of `width` floats from one stride to another: a block of columns. */
export function copyBlock(
  rows: i32,
  width: i32,
  from: usize,
  fromStride: i32,
  to: usize,
  toStride: i32,
): void {
  for (let i = 0; i < rows; ++i) copyRow(at(to, i * toStride), at(from, i * fromStride), width);
}

/** `to[i] = a[i] + b[i]` */
export function addAll(size: i32, a: usize, b: usize, to: usize): void {
  copyRow(to, a, size);
  addRow(to, b, size);
}
