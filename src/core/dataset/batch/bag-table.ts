import { bagOf } from '../../text/bigrams.ts';
import type { Bigrams } from '../../text/bigrams.ts';
import type { TokenTable } from '../types.ts';
import type { SequenceOptions } from './encoder.ts';

/**
 * The reviews of a table as bags of ids, in a table of their own whose tokens are ids less one: read
 * it with {@link BAG_SCHEME}.
 *
 * @param encode a review's tokens as word ids
 */
export function bagTable(
  table: TokenTable,
  encode: (tokens: Uint32Array) => readonly number[],
  bigrams: Bigrams | undefined,
  distinct: boolean,
): TokenTable {
  const { rows, labels, splits } = table;
  const offsets = new Uint32Array(rows.length + 1);
  const bags = Array.from(rows, (_, i) => {
    const bag = bagOf(encode(tokensOf(table, i)), bigrams, distinct);
    offsets[i + 1] = offsets[i]! + bag.length;
    return bag;
  });
  const tokens = new Uint32Array(offsets[rows.length]!);
  for (const [i, bag] of bags.entries()) {
    for (const [at, id] of bag.entries()) tokens[offsets[i]! + at] = id - 1;
  }
  return { rows, labels, splits, offsets, tokens };
}

/** Ids as they are in a {@link bagTable}: no marks are added. */
export const BAG_SCHEME: SequenceOptions['scheme'] = { indexFrom: 0, startId: null, oovId: null };

/** The tokens of one review, a view. */
export function tokensOf({ tokens, offsets }: TokenTable, review: number): Uint32Array {
  return tokens.subarray(offsets[review], offsets[review + 1]);
}
