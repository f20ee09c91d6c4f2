/** Iterations that let the largest eigenvalues take over, and those that are averaged. */
const [SETTLING, AVERAGED] = [40, 120];

/**
 * The largest modulus of a square matrix's eigenvalues, about to a percent, by power iteration. A
 * complex pair turns the vector and never lets it settle: so its growth is averaged over many turns.
 *
 * @param matrix row-major, `columns` wide; the square starts at column `from`
 */
export function spectralRadius(
  matrix: Float32Array,
  size: number,
  columns = size,
  from = 0,
): number {
  // Not along an eigenvector of anything likely.
  let vector = Float64Array.from({ length: size }, (_, i) => Math.sin(i + 1));
  let growth = 0;
  for (let iteration = 0; iteration < SETTLING + AVERAGED; iteration++) {
    const product = new Float64Array(size);
    for (let row = 0; row < size; row++) {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += matrix[row * columns + from + i]! * vector[i]!;
      product[row] = sum;
    }
    const norm = Math.hypot(...product) / Math.hypot(...vector);
    if (norm === 0 || !Number.isFinite(norm)) return norm;
    if (iteration >= SETTLING) growth += Math.log(norm);
    const length = Math.hypot(...product);
    vector = product.map((value) => value / length);
  }
  return Math.exp(growth / AVERAGED);
}
