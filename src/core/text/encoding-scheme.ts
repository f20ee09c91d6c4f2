/** How the marks that are no words are shown when ids are decoded. */
export const PAD_TOKEN = '<pad>';
export const START_TOKEN = '<start>';
export const OOV_TOKEN = '<oov>';
/** An id below the first word's that no mark uses, such as 3 in Keras's default scheme. */
export const UNUSED_TOKEN = '<unused>';

/** Id of the commonest word in Keras's default scheme: those below are marks, padding or unused. */
export const FIRST_WORD_ID = 4;

/**
 * How ranks become ids; the defaults are those of Keras's `imdb.load_data`.
 *
 * The word of 0-based rank `r` has the id `r + 1 + indexFrom`, so the first `indexFrom + 1` ids are
 * free for the marks.
 */
export interface EncodingScheme {
  /**
   * Number of ids in use, marks included: a word is kept only if its id is below. At 10,000 with
   * `indexFrom` 3 that makes the 9,996 commonest words. Without it, every word is kept.
   */
  readonly numWords?: number;
  /** Id of padding. Default 0. */
  readonly padId?: number;
  /** Id put before each sequence, or null for none. Default 1. */
  readonly startId?: number | null;
  /** Id of out-of-vocabulary words, or null to drop them. Default 2. */
  readonly oovId?: number | null;
  /** Shift of the word ids. Default 3. */
  readonly indexFrom?: number;
}

/** A scheme with every default filled in and checked; `numWords` is Infinity when unlimited. */
export interface ResolvedScheme {
  readonly numWords: number;
  readonly padId: number;
  readonly startId: number | null;
  readonly oovId: number | null;
  readonly indexFrom: number;
}

/** A scheme whose ids contradict one another. */
export class EncodingSchemeError extends RangeError {
  override readonly name = 'EncodingSchemeError';
}

/**
 * Fills in the defaults.
 *
 * @throws {EncodingSchemeError} if an id is not a non-negative integer, two marks share an id, a
 *   mark's id would also be a word's, or `numWords` leaves no id for a word.
 */
export function resolveScheme(scheme: EncodingScheme = {}): ResolvedScheme {
  const { numWords = Infinity, padId = 0, startId = 1, oovId = 2, indexFrom = 3 } = scheme;
  checkNatural('indexFrom', indexFrom);

  const taken = new Map<number, string>();
  for (const [name, id] of Object.entries({ padId, startId, oovId })) {
    if (id === null) continue;
    checkNatural(name, id);
    if (id > indexFrom) {
      throw new EncodingSchemeError(
        `${name} is ${id}, but ids above indexFrom (${indexFrom}) belong to words`,
      );
    }
    const other = taken.get(id);
    if (other !== undefined) {
      throw new EncodingSchemeError(`${other} and ${name} are both ${id}; each needs its own id`);
    }
    taken.set(id, name);
  }

  const fewest = indexFrom + 2;
  if (numWords !== Infinity && !(Number.isSafeInteger(numWords) && numWords >= fewest)) {
    throw new EncodingSchemeError(
      `numWords is ${numWords}, but must be an integer of at least ${fewest} ` +
        `(indexFrom + 2) to leave room for one word`,
    );
  }
  return { numWords, padId, startId, oovId, indexFrom };
}

function checkNatural(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new EncodingSchemeError(`${name} is ${value}, but must be a non-negative integer`);
  }
}
