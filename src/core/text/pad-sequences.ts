/**
 * Where a long sequence is cut: before or behind what is kept, or between its first `head` ids and
 * its last `tail`, which together make `maxlen`.
 */
export type Truncating = 'pre' | 'post' | { readonly head: number; readonly tail: number };

export interface PadOptions {
  /** Length of every row. Default: that of the longest sequence. */
  readonly maxlen?: number;
  /** Where a short sequence is filled up. Default `'pre'`. */
  readonly padding?: 'pre' | 'post';
  /** Where a long sequence is cut. Default `'pre'`, which keeps its end. */
  readonly truncating?: Truncating;
  /** Id that fills up. Default 0. */
  readonly value?: number;
}

export interface PaddedSequences {
  /** Shape [n, maxlen], row-major. */
  readonly ids: Int32Array;
  readonly shape: readonly [n: number, maxlen: number];
  /** Ids of each sequence that were kept. Shape [n]. */
  readonly lengths: Int32Array;
  /** Ids of each sequence that were cut. Shape [n]. */
  readonly cut: Int32Array;
}

/**
 * Brings sequences of ids to one length, with the semantics and defaults of Keras's
 * `pad_sequences`: 'pre' padding puts the words next to a recurrent layer's last step.
 *
 * @throws {TypeError} if `padding` or `truncating` is none of their values.
 * @throws {RangeError} if `maxlen` is not a positive integer, `head` and `tail` don't make it, or an
 *   id is no 32-bit integer.
 */
export function padSequences(
  sequences: readonly ArrayLike<number>[],
  options: PadOptions = {},
): PaddedSequences {
  const { padding = 'pre', truncating = 'pre', value = 0 } = options;
  checkSide('padding', padding);
  checkId(value, 'value');
  const maxlen = options.maxlen ?? longest(sequences);
  if (options.maxlen !== undefined && !(Number.isSafeInteger(maxlen) && maxlen >= 1)) {
    throw new RangeError(`maxlen is ${maxlen}, but must be an integer of at least 1`);
  }
  const keptHead = headOf(truncating, maxlen);

  const n = sequences.length;
  const ids = new Int32Array(n * maxlen).fill(value);
  const lengths = new Int32Array(n);
  const cut = new Int32Array(n);
  sequences.forEach((sequence, row) => {
    const kept = Math.min(sequence.length, maxlen);
    const skipped = sequence.length - kept;
    const to = row * maxlen + (padding === 'pre' ? maxlen - kept : 0);
    for (let i = 0; i < kept; i += 1) {
      const from = i < keptHead ? i : skipped + i;
      const id = sequence[from] ?? NaN;
      checkId(id, `sequences[${row}][${from}]`);
      ids[to + i] = id;
    }
    lengths[row] = kept;
    cut[row] = skipped;
  });
  return { ids, shape: [n, maxlen], lengths, cut };
}

/** How many ids of a long sequence are kept from its start; the others are its last. */
export function headOf(truncating: Truncating, maxlen: number): number {
  if (typeof truncating === 'string') {
    checkSide('truncating', truncating);
    return truncating === 'pre' ? 0 : maxlen;
  }
  const { head, tail } = truncating;
  if (Number.isSafeInteger(head) && head >= 0 && tail >= 0 && head + tail === maxlen) return head;
  throw new RangeError(`head ${head} and tail ${tail} must add up to maxlen, which is ${maxlen}`);
}

function longest(sequences: readonly ArrayLike<number>[]): number {
  return sequences.reduce((length, sequence) => Math.max(length, sequence.length), 0);
}

function checkSide(name: string, side: string): void {
  if (side !== 'pre' && side !== 'post') {
    throw new TypeError(`${name} must be 'pre' or 'post', not ${JSON.stringify(side)}`);
  }
}

function checkId(id: number, where: string): void {
  if ((id | 0) !== id) throw new RangeError(`${where} is ${id}, but must be a 32-bit integer`);
}
