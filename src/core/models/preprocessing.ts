import type { Truncating } from '../text/pad-sequences.ts';
import { KERAS_FILTERS } from '../text/normalize.ts';
import type { RunSettings } from './settings.ts';

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

/** A review becomes a row of ids: what recurrent networks read. */
export interface SequencePreprocessing {
  readonly kind: 'sequence';
  readonly tokenizer: TokenizerOptions;
  /** Ids in use, marks included; see `EncodingScheme`. */
  readonly numWords: number;
  readonly padId: number;
  readonly startId: number | null;
  readonly oovId: number | null;
  readonly indexFrom: number;
  /** Ids of a row, the start id included. */
  readonly maxlen: number;
  readonly padding: 'pre' | 'post';
  readonly truncating: Truncating;
  /** Whether the embedding masks padding: then the width of a row makes no difference. */
  readonly masked: boolean;
}

/**
 * A review becomes a row with a column for each term (n-gram) of the vocabulary. The steps, in order:
 * `counts`, then the term's factor if `weighted`, then `normalize`. Presence with naive Bayes factors
 * is Wang and Manning's NB (ACL 2012); counts with idf factors and 'l2' are TF-IDF.
 */
export interface BagPreprocessing {
  readonly kind: 'bag-of-words';
  readonly tokenizer: TokenizerOptions;
  /** Words in a term, from and to; a term's words are joined by one space. */
  readonly ngrams: { readonly min: number; readonly max: number };
  /** 1 if the term occurs, how often it occurs, or 1 + ln of that. */
  readonly counts: 'binary' | 'count' | 'log';
  /** Whether the vocabulary holds a factor for each term. */
  readonly weighted: boolean;
  readonly normalize: 'none' | 'l2';
}

/** Everything that lies between a text and a model's input, but for the words themselves. */
export type Preprocessing = SequencePreprocessing | BagPreprocessing;

/** The preprocessing of the lab's runs: Keras's word tokenizer and ids, cut on the padded side. */
export function preprocessingOf(settings: RunSettings): SequencePreprocessing {
  const { numWords, maxlen, padding } = settings;
  return {
    kind: 'sequence',
    tokenizer: { kind: 'word', lower: true, breaks: 'keep', filters: KERAS_FILTERS },
    numWords,
    padId: 0,
    startId: 1,
    oovId: 2,
    indexFrom: 3,
    maxlen,
    padding,
    truncating: padding,
    masked: false,
  };
}
