const ROUNDS = 200;

/**
 * The first two principal components of some vectors of one length (Pearson, 1901), by power iteration
 * on their covariance from a fixed start.
 *
 * @returns a point for each vector.
 */
export function projectToPlane(vectors: readonly ArrayLike<number>[]): [x: number, y: number][] {
  const size = vectors[0]?.length ?? 0;
  const mean = Array.from({ length: size }, (_, i) => average(vectors.map((row) => row[i]!)));
  const rows = vectors.map((row) => mean.map((center, i) => row[i]! - center));
  const first = principal(rows, []);
  const second = principal(rows, [first]);
  return rows.map((row) => [dot(row, first), dot(row, second)]);
}

/** The direction of the largest variance that is at a right angle to those already found. */
function principal(rows: readonly number[][], found: readonly number[][]): number[] {
  let direction = (rows[0] ?? []).map((_, i) => 1 / (i + 1));
  for (let round = 0; round < ROUNDS; round++) {
    const next = direction.map(() => 0);
    for (const row of rows) {
      const along = dot(row, direction);
      row.forEach((value, i) => (next[i]! += along * value));
    }
    for (const other of found) {
      const along = dot(next, other);
      other.forEach((value, i) => (next[i]! -= along * value));
    }
    const length = Math.hypot(...next) || 1;
    direction = next.map((value) => value / length);
  }
  return direction;
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
