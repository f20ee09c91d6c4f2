import { resolveScheme } from '../../text/encoding-scheme.ts';
import type { EncodingScheme, ResolvedScheme } from '../../text/encoding-scheme.ts';
import { headOf } from '../../text/pad-sequences.ts';
import type { PadOptions } from '../../text/pad-sequences.ts';
import type { Vocabulary } from '../../text/vocabulary.ts';
import type { TokenTable } from '../types.ts';

/** How reviews become rows of ids: as in Keras, `[start] + ids`, then cut and padded. */
export interface SequenceOptions extends Pick<PadOptions, 'padding' | 'truncating'> {
  /** Ids kept of each review at most, the start id included. */
  readonly maxlen: number;
  readonly scheme?: EncodingScheme;
}

/** In the rank-to-id table: a word that leaves no id. */
const DROPPED = -1;

/**
 * Encodes reviews of a table in place. What it writes equals
 * `padSequences(rows.map((row) => vocabulary.encodeIndices(row, scheme)), options)` with the
 * scheme's `padId` as value, without an array for each review.
 */
export class RowEncoder {
  /** Ids that are kept of each review. Shape [n], values 0 to `maxlen`. */
  readonly lengths: Int32Array;
  /** Ids that truncation cuts off each review. Shape [n]. */
  readonly cut: Int32Array;
  readonly #table: TokenTable;
  readonly #scheme: ResolvedScheme;
  readonly #ids: Int32Array;
  readonly #padding: 'pre' | 'post';
  /** Ids of a long review that are kept from its start. */
  readonly #head: number;

  /**
   * @throws RangeError if `maxlen` is not a positive integer or a token is no rank of the
   * vocabulary; TypeError or RangeError as `padSequences` for the sides; EncodingSchemeError.
   */
  constructor(table: TokenTable, vocabulary: Pick<Vocabulary, 'size'>, options: SequenceOptions) {
    const { maxlen, padding = 'pre', truncating = 'pre' } = options;
    checkAtLeastOne('maxlen', maxlen);
    checkSide('padding', padding);
    this.#table = table;
    this.#scheme = resolveScheme(options.scheme);
    this.#ids = idsByRank(vocabulary.size, this.#scheme);
    this.#padding = padding;
    this.#head = headOf(truncating, maxlen);
    this.lengths = sequenceLengths(table, this.#ids, this.#scheme.startId === null ? 0 : 1);
    this.cut = this.lengths.map((length) => Math.max(0, length - maxlen));
    this.lengths.forEach((length, row) => {
      this.lengths[row] = Math.min(length, maxlen);
    });
  }

  /** Id of padding. */
  get padId(): number {
    return this.#scheme.padId;
  }

  /**
   * Writes the ids of one review into `target[at .. at + width)`, whose cells hold `padId`.
   *
   * @param width of the row, at least the review's length in {@link RowEncoder.lengths}.
   */
  write(review: number, target: Int32Array, at: number, width: number): void {
    const { tokens, offsets } = this.#table;
    const { startId } = this.#scheme;
    const ids = this.#ids;
    const kept = this.lengths[review]!;
    const skipFrom = this.#head;
    const skipTo = skipFrom + this.cut[review]!;
    let position = 0;
    let cell = at + (this.#padding === 'pre' ? width - kept : 0);
    const end = cell + kept;
    if (startId !== null && kept > 0) {
      if (position < skipFrom || position >= skipTo) target[cell++] = startId;
      position += 1;
    }
    for (let token = offsets[review]!; cell < end; token += 1) {
      const id = ids[tokens[token]!]!;
      if (id === DROPPED) continue;
      if (position < skipFrom || position >= skipTo) target[cell++] = id;
      position += 1;
    }
  }
}

/** @throws RangeError unless the value is an integer of at least 1. */
export function checkAtLeastOne(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new RangeError(`${name} is ${value}, but must be an integer of at least 1`);
  }
}

function checkSide(name: string, side: string): void {
  if (side !== 'pre' && side !== 'post') {
    throw new TypeError(`${name} must be 'pre' or 'post', not ${JSON.stringify(side)}`);
  }
}

function idsByRank(size: number, { numWords, indexFrom, oovId }: ResolvedScheme): Int32Array {
  return Int32Array.from({ length: size }, (_, rank) => {
    const id = rank + 1 + indexFrom;
    return id < numWords ? id : (oovId ?? DROPPED);
  });
}

/** Ids of each review before truncation. */
function sequenceLengths(table: TokenTable, ids: Int32Array, marks: number): Int32Array {
  const { rows, offsets, tokens } = table;
  const lengths = new Int32Array(rows.length);
  for (let review = 0; review < rows.length; review += 1) {
    let length = marks;
    for (let token = offsets[review]!; token < offsets[review + 1]!; token += 1) {
      const rank = tokens[token]!;
      if (rank >= ids.length) {
        throw new RangeError(`Token ${rank} is no rank in a vocabulary of ${ids.length} words`);
      }
      if (ids[rank] !== DROPPED) length += 1;
    }
    lengths[review] = length;
  }
  return lengths;
}
