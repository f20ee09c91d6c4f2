export interface PadOptions {
  /** Length of every row. Default: that of the longest sequence. */
  readonly maxlen?: number;
  /** Where a short sequence is filled up. Default `'pre'`. */
  readonly padding?: 'pre' | 'post';
  /** Where a long sequence is cut. Default `'pre'`, which keeps its end. */
  readonly truncating?: 'pre' | 'post';
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
 * @throws {TypeError} if `padding` or `truncating` is neither 'pre' nor 'post'.
 * @throws {RangeError} if `maxlen` is not a positive integer, or an id is no 32-bit integer.
 */
export function padSequences(
  sequences: readonly ArrayLike<number>[],
  options: PadOptions = {},
): PaddedSequences {
  const { padding = 'pre', truncating = 'pre', value = 0 } = options;
  checkSide('padding', padding);
  checkSide('truncating', truncating);
  checkId(value, 'value');
  const maxlen = options.maxlen ?? longest(sequences);
  if (options.maxlen !== undefined && !(Number.isSafeInteger(maxlen) && maxlen >= 1)) {
    throw new RangeError(`maxlen is ${maxlen}, but must be an integer of at least 1`);
  }

  const n = sequences.length;
  const ids = new Int32Array(n * maxlen).fill(value);
  const lengths = new Int32Array(n);
  const cut = new Int32Array(n);
  sequences.forEach((sequence, row) => {
    const kept = Math.min(sequence.length, maxlen);
    const from = truncating === 'pre' ? sequence.length - kept : 0;
    const to = row * maxlen + (padding === 'pre' ? maxlen - kept : 0);
    for (let i = 0; i < kept; i += 1) {
      const id = sequence[from + i] ?? NaN;
      checkId(id, `sequences[${row}][${from + i}]`);
      ids[to + i] = id;
    }
    lengths[row] = kept;
    cut[row] = sequence.length - kept;
  });
  return { ids, shape: [n, maxlen], lengths, cut };
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
