import type { Preprocessing, TokenizerOptions } from '../models/preprocessing.ts';
import type { TrainedModel } from '../models/trained-model.ts';
import { bagOf, Bigrams } from '../text/bigrams.ts';
import { KERAS_FILTERS } from '../text/normalize.ts';
import { headOf } from '../text/pad-sequences.ts';
import {
  characterTokenizer,
  tokenizeWords,
  whitespaceTokenizer,
  wordTokenizer,
} from '../text/tokenize.ts';
import { Vocabulary } from '../text/vocabulary.ts';

/** A text as a model takes it in. */
export interface Reading {
  /** At most `maxlen` ids, not yet padded. */
  readonly ids: readonly number[];
  /** Tokens of the text that the model reads. */
  readonly tokens: number;
  /** Of these, the ones that it knows. */
  readonly known: number;
  /** Tokens that do not fit into its length; of a bag of words, ids. */
  readonly cut: number;
  /** Distinct tokens of the text that it does not know, in their order. */
  readonly oovWords: readonly string[];
}

/** Reads texts as a model was trained to. */
export function textReader({
  preprocessing,
  words,
  bigrams,
}: Omit<TrainedModel, 'model'>): (text: string) => Reading {
  const { numWords, startId, indexFrom, distinct } = preprocessing;
  const kept = words.slice(0, numWords - 1 - indexFrom);
  const vocabulary = Vocabulary.fromJSON({ words: kept, counts: kept.map(() => 0) });
  const pairs = bigrams && new Bigrams(bigrams, numWords);
  const tokensOf = tokensWith(preprocessing.tokenizer);
  const marks = startId === null ? 0 : 1;

  return (text) => {
    const tokens = tokensOf(text);
    const encoded = vocabulary.encode(tokens, preprocessing);
    const oovWords = [...new Set(tokens.filter((token) => vocabulary.indexOf(token) === -1))];
    const countKnown = (ids: readonly number[]): number =>
      ids.filter((id) => id > indexFrom).length;
    if (pairs || distinct) {
      const bag = bagOf(encoded, pairs, distinct);
      const { ids, cut } = truncate(bag, preprocessing);
      return { ids, tokens: tokens.length, known: countKnown(encoded), cut, oovWords };
    }
    const { ids, cut, start } = truncate(encoded, preprocessing);
    // Where the start is cut off, one of the ids that are lost is no token.
    const lostMarks = start ? 0 : marks;
    const read = ids.length - (marks - lostMarks);
    return { ids, tokens: read, known: countKnown(ids), cut: cut - lostMarks, oovWords };
  };
}

/** Cuts as `padSequences` does; `start` tells whether the first id is still there. */
function truncate(
  ids: readonly number[],
  { truncating, maxlen }: Preprocessing,
): { ids: readonly number[]; cut: number; start: boolean } {
  const cut = Math.max(0, ids.length - maxlen);
  if (cut === 0) return { ids, cut, start: true };
  const head = headOf(truncating, maxlen);
  return { ids: [...ids.slice(0, head), ...ids.slice(head + cut)], cut, start: head > 0 };
}

function tokensWith(options: TokenizerOptions): (text: string) => string[] {
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
