import type { TokenTable } from '../types.ts';

/** The first `count` reviews of a table (all of them if it has fewer), as a view on its buffers. */
export function headOf(table: TokenTable, count: number): TokenTable {
  const reviews = Math.min(count, table.rows.length);
  return {
    rows: table.rows.subarray(0, reviews),
    labels: table.labels.subarray(0, reviews),
    splits: table.splits.subarray(0, reviews),
    offsets: table.offsets.subarray(0, reviews + 1),
    tokens: table.tokens.subarray(0, table.offsets[reviews]),
  };
}
