import type { TokenizerOptions } from '../models/preprocessing.ts';
import { KERAS_FILTERS } from '../text/normalize.ts';
import {
  characterTokenizer,
  tokenizeWords,
  whitespaceTokenizer,
  wordTokenizer,
} from '../text/tokenize.ts';

/** A text as a model takes it in. */
export interface Reading {
  /** Ids in reading order, or the columns of a bag of words. */
  readonly ids: readonly number[];
  /** Of a bag of words: what stands in each column of `ids`. */
  readonly values?: Float32Array;
  /** Tokens of the text that the model reads. */
  readonly tokens: number;
  /** Of these, the ones that it knows. */
  readonly known: number;
  /** Tokens that do not fit into its length. */
  readonly cut: number;
  /** Distinct tokens of the text that it does not know, in their order. */
  readonly oovWords: readonly string[];
}

/** The tokens of a text. */
export function tokensWith(options: TokenizerOptions): (text: string) => string[] {
  const { kind } = options;
  if (kind === 'word' && options.lower && options.breaks === 'keep') {
    if (options.filters === KERAS_FILTERS) return tokenizeWords;
  }
  const make = {
    word: wordTokenizer,
    whitespace: whitespaceTokenizer,
    character: characterTokenizer,
  };
  const tokenizer = make[kind](options);
  return (text) => tokenizer.tokenize(text).map((token) => token.text);
}
