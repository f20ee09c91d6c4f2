import type { Preprocessing } from '../preprocessing.ts';
import type { TrainedModel } from '../trained-model.ts';
import { ArchiveError } from './archive-error.ts';
import type { StrictJson } from './strict-json.ts';

const MAX_WORDS = 1_000_000;
/** In UTF-16 code units. Longer "words" are links and rows of dashes. */
const MAX_WORD_LENGTH = 10_000;

/**
 * Reads `vocabulary.json`: distinct words in rank order, and the pairs of word ids that the
 * preprocessing counts.
 *
 * @throws ArchiveError
 */
export function readVocabulary(
  json: StrictJson,
  { bigrams, numWords }: Preprocessing,
): Pick<TrainedModel, 'words' | 'bigrams'> {
  json.only(bigrams > 0 ? ['words', 'bigrams'] : ['words']);
  const words = json.get('words').array(MAX_WORDS);
  const distinct = new Set(words.map((word) => word.string(MAX_WORD_LENGTH)));
  if (distinct.size < words.length) {
    throw new ArchiveError('content', 'vocabulary.json: words has a word twice.');
  }
  if (bigrams === 0) return { words: [...distinct] };
  const pairs = json.get('bigrams').array(2 * bigrams);
  if (pairs.length !== 2 * bigrams) throw json.get('bigrams').fail(`two ids for ${bigrams} pairs`);
  return {
    words: [...distinct],
    bigrams: Uint32Array.from(pairs, (id) => id.integer(0, numWords - 1)),
  };
}
