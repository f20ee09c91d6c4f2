import { tokensOf } from '../../src/core/dataset/batch/bag-table.ts';
import type { TokenTable } from '../../src/core/dataset/types.ts';
import { createRandom } from '../../src/core/random.ts';

/** Reviews of the sample that a test reads in seconds. */
export const SAMPLE_REVIEWS = 2_000;
const SEED = 2_000;

/** Always the same reviews of a table, whatever their order in it. */
export function sampleOf(table: TokenTable, reviews = SAMPLE_REVIEWS): TokenTable {
  const bySource = [...table.rows.keys()].toSorted((a, b) => table.rows[a]! - table.rows[b]!);
  return pick(table, createRandom(SEED).shuffle(bySource).slice(0, reviews));
}

function pick(table: TokenTable, places: readonly number[]): TokenTable {
  const offsets = new Uint32Array(places.length + 1);
  for (const [i, place] of places.entries()) {
    offsets[i + 1] = offsets[i]! + tokensOf(table, place).length;
  }
  const tokens = new Uint32Array(offsets[places.length]!);
  for (const [i, place] of places.entries()) tokens.set(tokensOf(table, place), offsets[i]);
  return {
    rows: Uint32Array.from(places, (place) => table.rows[place]!),
    labels: Uint8Array.from(places, (place) => table.labels[place]!),
    splits: Uint8Array.from(places, (place) => table.splits[place]!),
    offsets,
    tokens,
  };
}
