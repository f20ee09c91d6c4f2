import type { TokenTable } from './types.ts';
import { SPLITS } from './types.ts';
import { readVarints, VarintError, varintSize, writeVarint } from './varint.ts';

/** A token shard whose bytes cannot be decoded, or a table that cannot be encoded. */
export class ShardError extends Error {
  override readonly name = 'ShardError';
}

/** "UTOK" in ASCII. */
const MAGIC = [0x55, 0x54, 0x4f, 0x4b];
const VERSION = 1;
const HEADER_SIZE = MAGIC.length + 1;
/** Label, split, row and length take at least one byte each. */
const LEAST_BYTES_PER_REVIEW = 4;

/**
 * Encodes reviews as columns, which gzip compresses better than records.
 *
 * | bytes | content                                                             |
 * | ----- | ------------------------------------------------------------------- |
 * | 4     | magic, "UTOK"                                                       |
 * | 1     | version, 1                                                          |
 * | 1–5   | number of reviews `n`, LEB128                                       |
 * | 1–5   | number of tokens `t`, LEB128                                        |
 * | n     | label of each review, one byte: 0 negative, 1 positive              |
 * | n     | split of each review, one byte: index into `SPLITS`                 |
 * | …     | source row of each review, `n` LEB128 integers                      |
 * | …     | length of each review in tokens, `n` LEB128 integers; their sum is `t` |
 * | …     | tokens, `t` LEB128 vocabulary ranks, review after review            |
 *
 * @throws ShardError when the table's columns disagree with each other.
 */
export function encodeShard(table: TokenTable): Uint8Array {
  const lengths = lengthsOf(table);
  const columns = [table.rows, lengths, table.tokens];
  const reviews = table.rows.length;
  let size = HEADER_SIZE + varintSize(reviews) + varintSize(table.tokens.length) + 2 * reviews;
  for (const column of columns) for (const value of column) size += varintSize(value);

  const bytes = new Uint8Array(size);
  bytes.set(MAGIC);
  bytes[MAGIC.length] = VERSION;
  let at = writeVarint(bytes, HEADER_SIZE, reviews);
  at = writeVarint(bytes, at, table.tokens.length);
  bytes.set(table.labels, at);
  bytes.set(table.splits, at + reviews);
  at += 2 * reviews;
  for (const column of columns) for (const value of column) at = writeVarint(bytes, at, value);
  return bytes;
}

/**
 * Decodes what {@link encodeShard} wrote. Memory stays within a small multiple of the input's size,
 * whatever its header claims.
 *
 * @throws ShardError naming what is wrong with the bytes.
 */
export function decodeShard(bytes: Uint8Array): TokenTable {
  if (bytes.length < HEADER_SIZE) {
    throw new ShardError(`A token shard needs at least ${HEADER_SIZE} bytes, not ${bytes.length}.`);
  }
  if (MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw new ShardError('These bytes are no token shard: they do not start with "UTOK".');
  }
  const version = bytes[MAGIC.length];
  if (version !== VERSION) {
    throw new ShardError(`The token shard has version ${version}; only ${VERSION} is known.`);
  }

  const sizes = new Uint32Array(2);
  let at = readColumn(bytes, HEADER_SIZE, sizes, 'header');
  const [reviews = 0, tokenCount = 0] = sizes;
  const remaining = bytes.length - at;
  if (reviews * LEAST_BYTES_PER_REVIEW + tokenCount > remaining) {
    throw new ShardError(
      `The token shard is truncated: ${reviews} reviews with ${tokenCount} tokens ` +
        `cannot fit in the ${remaining} bytes after its header.`,
    );
  }
  const labels = bytes.slice(at, at + reviews);
  const splits = bytes.slice(at + reviews, at + 2 * reviews);
  at += 2 * reviews;
  checkRange('label', labels, 2);
  checkRange('split', splits, SPLITS.length);

  const rows = new Uint32Array(reviews);
  at = readColumn(bytes, at, rows, 'rows');
  const lengths = new Uint32Array(reviews);
  at = readColumn(bytes, at, lengths, 'lengths');
  const offsets = offsetsOf(lengths, tokenCount);
  const tokens = new Uint32Array(tokenCount);
  at = readColumn(bytes, at, tokens, 'tokens');
  if (at !== bytes.length) {
    throw new ShardError(`The token shard has ${bytes.length - at} bytes after its last token.`);
  }
  return { rows, labels, splits, offsets, tokens };
}

function lengthsOf({ rows, labels, splits, offsets, tokens }: TokenTable): Uint32Array {
  const reviews = rows.length;
  if (labels.length !== reviews || splits.length !== reviews || offsets.length !== reviews + 1) {
    throw new ShardError(
      `The columns of a table of ${reviews} reviews have ${labels.length} labels, ` +
        `${splits.length} splits and ${offsets.length} offsets (one more than reviews is right).`,
    );
  }
  checkRange('label', labels, 2);
  checkRange('split', splits, SPLITS.length);
  if (offsets[0] !== 0 || offsets[reviews] !== tokens.length) {
    throw new ShardError(
      `The offsets must run from 0 to the ${tokens.length} tokens, ` +
        `not from ${offsets[0]} to ${offsets[reviews]}.`,
    );
  }
  return Uint32Array.from(rows, (_, i) => {
    const length = offsets[i + 1]! - offsets[i]!;
    if (length < 0)
      throw new ShardError(`The offset of review ${i + 1} is less than the one before.`);
    return length;
  });
}

function offsetsOf(lengths: Uint32Array, tokenCount: number): Uint32Array {
  const offsets = new Uint32Array(lengths.length + 1);
  // A plain number: sums of hostile lengths would wrap round in 32 bits.
  let sum = 0;
  for (let i = 0; i < lengths.length; i++) {
    sum += lengths[i]!;
    if (sum > tokenCount) break;
    offsets[i + 1] = sum;
  }
  if (sum !== tokenCount) {
    throw new ShardError(`The reviews' lengths do not add up to the shard's ${tokenCount} tokens.`);
  }
  return offsets;
}

function checkRange(what: string, column: Uint8Array, limit: number): void {
  const wrong = column.findIndex((value) => value >= limit);
  if (wrong >= 0) {
    throw new ShardError(
      `Review ${wrong} has the ${what} ${column[wrong]}; the largest one is ${limit - 1}.`,
    );
  }
}

function readColumn(bytes: Uint8Array, at: number, into: Uint32Array, name: string): number {
  try {
    return readVarints(bytes, at, into);
  } catch (error) {
    if (!(error instanceof VarintError)) throw error;
    throw new ShardError(`The token shard's ${name} cannot be read: ${error.message}.`, {
      cause: error,
    });
  }
}
