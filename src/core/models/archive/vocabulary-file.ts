import type { Preprocessing } from '../preprocessing.ts';
import { ArchiveError } from './archive-error.ts';
import type { StrictJson } from './strict-json.ts';

const MAX_WORDS = 1_000_000;
/** In UTF-16 code units. Longer "words" are links and rows of dashes. */
const MAX_WORD_LENGTH = 10_000;

interface Words {
  readonly words: readonly string[];
  readonly factors?: Float32Array;
}

/**
 * Reads `vocabulary.json`: distinct words in rank order, and a factor for each if the preprocessing
 * wants them.
 *
 * @throws ArchiveError
 */
export function readVocabulary(json: StrictJson, preprocessing: Preprocessing): Words {
  const weighted = preprocessing.kind === 'bag-of-words' && preprocessing.weighted;
  json.only(weighted ? ['words', 'factors'] : ['words']);
  const words = json.get('words').array(MAX_WORDS);
  const distinct = new Set(words.map((word) => word.string(MAX_WORD_LENGTH)));
  if (distinct.size < words.length) {
    throw new ArchiveError('content', 'vocabulary.json: words has a word twice.');
  }
  if (!weighted) return { words: [...distinct] };
  const factors = json.get('factors').array(words.length);
  if (factors.length !== words.length) throw json.get('factors').fail('one number for each word');
  return {
    words: [...distinct],
    factors: Float32Array.from(factors, (factor) => factor.number()),
  };
}
