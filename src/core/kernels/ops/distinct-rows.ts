/** The distinct ids of a batch, and where each timestep finds its own. */
export interface DistinctRows {
  /** Each id once, in order of first appearance. */
  readonly distinct: Int32Array;
  /** As many as the ids: `distinct[rows[i]] === ids[i]`. */
  readonly rows: Int32Array;
}

/**
 * Finds the distinct ids of a batch in one pass. A batch of 32 reviews of 500 words holds some 2,500
 * distinct ones, so that projecting those alone spares five sixths of the work.
 *
 * @param ids row-major
 * @param vocabularySize ids are below it
 * @throws RangeError naming the first id that is not in the vocabulary, and where it stands
 */
export function distinctRows(ids: Int32Array, vocabularySize: number): DistinctRows {
  const rowOf = new Int32Array(vocabularySize).fill(-1);
  const distinct = new Int32Array(Math.min(ids.length, vocabularySize));
  const rows = new Int32Array(ids.length);
  let count = 0;
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!;
    if (!(id >= 0 && id < vocabularySize)) {
      throw new RangeError(
        `distinctRows: id ${id} at index ${i} is not in the vocabulary, 0 to ${vocabularySize - 1}`,
      );
    }
    let row = rowOf[id]!;
    if (row < 0) {
      row = count++;
      rowOf[id] = row;
      distinct[row] = id;
    }
    rows[i] = row;
  }
  return { distinct: distinct.slice(0, count), rows };
}
