/** A matrix of 32-bit floats, row-major. */
export interface FloatMatrix {
  readonly values: Float32Array;
  readonly shape: readonly [rows: number, columns: number];
}

/** Largest matrix that is made: 4 GiB of floats. */
const MAX_CELLS = 2 ** 30;

/**
 * Which ids occur in each sequence: 1 or 0, as Keras's `sequences_to_matrix` in mode 'binary'.
 * Keras passes over ids that are too great; here they are an error, as in the functions below.
 *
 * @returns shape [n, size]
 * @throws {RangeError} if an id is not an integer from 0 to `size - 1`, or the matrix is too large.
 */
export function multiHot(sequences: readonly ArrayLike<number>[], size: number): FloatMatrix {
  const matrix = zeros(sequences.length, size);
  forEachCell(sequences, size, (cell) => {
    matrix.values[cell] = 1;
  });
  return matrix;
}

/**
 * How often each id occurs in each sequence, as Keras's `sequences_to_matrix` in mode 'count'.
 *
 * @returns shape [n, size]
 * @throws {RangeError} as {@link multiHot}.
 */
export function countVectors(sequences: readonly ArrayLike<number>[], size: number): FloatMatrix {
  const matrix = zeros(sequences.length, size);
  forEachCell(sequences, size, (cell) => {
    matrix.values[cell] = (matrix.values[cell] ?? 0) + 1;
  });
  return matrix;
}

/**
 * One row per step of a sequence, with a 1 in the column of its id.
 *
 * @returns shape [sequence.length, size]
 * @throws {RangeError} as {@link multiHot}.
 */
export function oneHot(sequence: ArrayLike<number>, size: number): FloatMatrix {
  const steps = Array.from(sequence, (id) => [id]);
  return multiHot(steps, size);
}

function zeros(rows: number, size: number): FloatMatrix {
  if (!Number.isSafeInteger(size) || size < 1) {
    throw new RangeError(`size is ${size}, but must be an integer of at least 1`);
  }
  if (rows * size > MAX_CELLS) {
    throw new RangeError(`A matrix of ${rows} x ${size} exceeds the limit of ${MAX_CELLS} cells`);
  }
  return { values: new Float32Array(rows * size), shape: [rows, size] };
}

function forEachCell(
  sequences: readonly ArrayLike<number>[],
  size: number,
  visit: (cell: number) => void,
): void {
  sequences.forEach((sequence, row) => {
    for (let i = 0; i < sequence.length; i += 1) {
      const id = sequence[i] ?? NaN;
      if (!Number.isInteger(id) || id < 0 || id >= size) {
        throw new RangeError(`Id ${id} in row ${row} is not an integer from 0 to ${size - 1}`);
      }
      visit(row * size + id);
    }
  });
}
