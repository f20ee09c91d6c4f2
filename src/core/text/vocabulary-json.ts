/** A vocabulary as plain data: words in rank order, each with its count. */
export interface VocabularyJson {
  readonly words: readonly string[];
  readonly counts: readonly number[];
}

/** Data that is not a stored vocabulary. */
export class VocabularyFormatError extends Error {
  override readonly name = 'VocabularyFormatError';
}

const MAX_COUNT = 2 ** 32 - 1;

/**
 * Checks that `json` is a vocabulary: distinct strings, each with a 32-bit count, in descending
 * order of the counts.
 *
 * @throws {VocabularyFormatError} that says what is wrong and at which rank.
 */
export function parseVocabulary(json: unknown): VocabularyJson {
  if (typeof json !== 'object' || json === null || !('words' in json) || !('counts' in json)) {
    throw new VocabularyFormatError('A vocabulary must be an object with "words" and "counts"');
  }
  const words = checkArray('words', json.words);
  const counts = checkArray('counts', json.counts);
  if (words.length !== counts.length) {
    throw new VocabularyFormatError(
      `A vocabulary needs one count per word, but has ${words.length} words and ` +
        `${counts.length} counts`,
    );
  }
  return { words: checkWords(words), counts: checkCounts(counts) };
}

function checkArray(name: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) {
    throw new VocabularyFormatError(`"${name}" must be an array, not ${describe(value)}`);
  }
  return value;
}

function checkWords(values: readonly unknown[]): readonly string[] {
  const seen = new Set<string>();
  return values.map((value, rank) => {
    if (typeof value !== 'string') {
      throw new VocabularyFormatError(
        `The word at rank ${rank} must be a string, not ${describe(value)}`,
      );
    }
    if (seen.has(value)) {
      throw new VocabularyFormatError(`The word at rank ${rank} is a repeat: ${describe(value)}`);
    }
    seen.add(value);
    return value;
  });
}

function checkCounts(values: readonly unknown[]): readonly number[] {
  let previous = MAX_COUNT;
  return values.map((value, rank) => {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > MAX_COUNT) {
      throw new VocabularyFormatError(
        `The count at rank ${rank} must be an integer from 0 to ${MAX_COUNT}, ` +
          `not ${describe(value)}`,
      );
    }
    if (value > previous) {
      throw new VocabularyFormatError(
        `Counts must not rise, but rank ${rank} has ${value} after ${previous}`,
      );
    }
    previous = value;
    return value;
  });
}

function describe(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : String(value);
}
