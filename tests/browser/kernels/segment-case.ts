import type { Question } from './protocol.ts';

/**
 * Rows to add up by segment, shape [ids, columns], and their sums in float64. The sums are made when
 * they are asked for: a case can be too large for any memory.
 */
export function segmentCase({ ids, columns, segments }: Question<'segmentSum'>) {
  const values = Float32Array.from({ length: ids.length * columns }, (_, i) => Math.sin(i));
  const expected = (): Float64Array => {
    const sums = new Float64Array(segments * columns);
    for (const [row, id] of ids.entries()) {
      if (id < 0 || id >= segments) continue;
      for (let j = 0; j < columns; j++) sums[id * columns + j]! += values[row * columns + j]!;
    }
    return sums;
  };
  return { values, expected };
}
