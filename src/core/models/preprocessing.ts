import { KERAS_FILTERS } from '../text/normalize.ts';
import type { Truncating } from '../text/pad-sequences.ts';

/** A tokenizer of `core/text`, by kind and with every option named. */
export type TokenizerOptions =
  | {
      readonly kind: 'word' | 'whitespace';
      readonly lower: boolean;
      readonly breaks: 'keep' | 'space';
      /** Characters that become spaces. */
      readonly filters: string;
    }
  | {
      readonly kind: 'character';
      readonly lower: boolean;
      readonly breaks: 'keep' | 'space';
    };

/**
 * Everything that lies between a text and a model's input, but for the words themselves: tokens,
 * their ids (see `EncodingScheme`), for a bag of words the ids of pairs and each id once (see
 * `bagOf`), cut, padded.
 */
export interface Preprocessing {
  readonly tokenizer: TokenizerOptions;
  /** Ids of words and marks. */
  readonly numWords: number;
  readonly padId: number;
  readonly startId: number | null;
  readonly oovId: number | null;
  readonly indexFrom: number;
  /** Pairs of words with ids of their own, from `numWords` on. */
  readonly bigrams: number;
  /** Each id once, at its first place. */
  readonly distinct: boolean;
  /** Ids of a row, the start id included. */
  readonly maxlen: number;
  readonly padding: 'pre' | 'post';
  readonly truncating: Truncating;
  /** Whether the embedding masks padding: then the width of a row makes no difference. */
  readonly masked: boolean;
}

/** What settings say of it, and what they may leave out. */
type Given = Pick<Preprocessing, 'numWords' | 'maxlen' | 'padding' | 'truncating'> &
  Partial<Pick<Preprocessing, 'bigrams' | 'distinct' | 'masked'>>;

/** The preprocessing of this site's runs: Keras's word tokenizer and ids. */
export function preprocessingOf(given: Given): Preprocessing {
  const { numWords, maxlen, padding, truncating } = given;
  const { bigrams = 0, distinct = false, masked = false } = given;
  return {
    tokenizer: { kind: 'word', lower: true, breaks: 'keep', filters: KERAS_FILTERS },
    numWords,
    padId: 0,
    startId: 1,
    oovId: 2,
    indexFrom: 3,
    bigrams,
    distinct,
    maxlen,
    padding,
    truncating,
    masked,
  };
}
