export type { FloatMatrix } from './bag-of-words.ts';
export { countVectors, multiHot, oneHot } from './bag-of-words.ts';
export type { BytePairMerge, BytePairOptions, BytePairs, WordCounts } from './byte-pair.ts';
export { learnBytePairs, startBytePairs } from './byte-pair.ts';
export type { BytePairTokenizer, SubwordToken } from './byte-pair-tokenizer.ts';
export { bytePairTokenizer } from './byte-pair-tokenizer.ts';
export type { EncodingScheme } from './encoding-scheme.ts';
export {
  EncodingSchemeError,
  OOV_TOKEN,
  PAD_TOKEN,
  START_TOKEN,
  UNUSED_TOKEN,
} from './encoding-scheme.ts';
export type { Normalized, NormalizeOptions } from './normalize.ts';
export { KERAS_FILTERS, normalize } from './normalize.ts';
export type { PaddedSequences, PadOptions } from './pad-sequences.ts';
export { padSequences } from './pad-sequences.ts';
export type { Subword } from './subword.ts';
export { END_OF_WORD, markedText } from './subword.ts';
export type { Token, Tokenizer } from './token.ts';
export {
  characterTokenizer,
  tokenizeWords,
  whitespaceTokenizer,
  wordTokenizer,
} from './tokenize.ts';
export type { Coverage } from './vocabulary.ts';
export { Vocabulary } from './vocabulary.ts';
export type { VocabularyJson } from './vocabulary-json.ts';
export { VocabularyFormatError } from './vocabulary-json.ts';
