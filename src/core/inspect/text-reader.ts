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

/** The ways in which a model reads. */
export interface Reader {
  /** Whether it reads words as the data set holds them: then no text is needed. */
  readonly readsWords: boolean;
  tokensOf(text: string): string[];
  read(tokens: readonly string[]): Reading;
  /** What stands behind each of a reading's ids: a word, a pair of words, or '' for a mark. */
  namesOf(tokens: readonly string[], ids: readonly number[]): string[];
}

type Words = Omit<TrainedModel, 'model'>;

/** Reads texts as a model was trained to. */
export function textReader(trained: Words): (text: string) => Reading {
  const { tokensOf, read } = readerOf(trained);
  return (text) => read(tokensOf(text));
}

/** All that {@link textReader} does, step by step. */
export function readerOf({ preprocessing, words, bigrams }: Words): Reader {
  const { numWords, startId, oovId, indexFrom, distinct } = preprocessing;
  const kept = words.slice(0, numWords - 1 - indexFrom);
  const vocabulary = Vocabulary.fromJSON({ words: kept, counts: kept.map(() => 0) });
  const pairs = bigrams && new Bigrams(bigrams, numWords);
  const isBag = pairs !== undefined || distinct;
  const marks = startId === null ? 0 : 1;
  const isKnown = (token: string): boolean => vocabulary.indexOf(token) !== -1;

  const read = (tokens: readonly string[]): Reading => {
    const encoded = vocabulary.encode(tokens, preprocessing);
    const oovWords = [...new Set(tokens.filter((token) => !isKnown(token)))];
    const countKnown = (ids: readonly number[]): number =>
      ids.filter((id) => id > indexFrom).length;
    if (isBag) {
      const bag = bagOf(encoded, pairs, distinct);
      const { kept: ids, cut } = truncate(bag, preprocessing);
      return { ids, tokens: tokens.length, known: countKnown(encoded), cut, oovWords };
    }
    const { kept: ids, cut, start } = truncate(encoded, preprocessing);
    // Where the start is cut off, one of the ids that are lost is no token.
    const lostMarks = start ? 0 : marks;
    const count = ids.length - (marks - lostMarks);
    return { ids, tokens: count, known: countKnown(ids), cut: cut - lostMarks, oovWords };
  };

  const nameOfId = (id: number): string => {
    if (id < numWords) return kept[id - indexFrom - 1] ?? '';
    return [0, 1].map((i) => nameOfId(bigrams![2 * (id - numWords) + i]!)).join(' ');
  };
  const namesOf = (tokens: readonly string[], ids: readonly number[]): string[] => {
    if (isBag) return ids.map(nameOfId);
    const taken = oovId === null ? tokens.filter(isKnown) : tokens;
    const names = startId === null ? taken : ['', ...taken];
    return [...truncate(names, preprocessing).kept];
  };

  const readsWords = isKerasTokenizer(preprocessing.tokenizer);
  return { readsWords, tokensOf: tokensWith(preprocessing.tokenizer), read, namesOf };
}

/** Cuts as `padSequences` does; `start` tells whether the first one is still there. */
function truncate<T>(
  items: readonly T[],
  { truncating, maxlen }: Preprocessing,
): { kept: readonly T[]; cut: number; start: boolean } {
  const cut = Math.max(0, items.length - maxlen);
  if (cut === 0) return { kept: items, cut, start: true };
  const head = headOf(truncating, maxlen);
  return { kept: [...items.slice(0, head), ...items.slice(head + cut)], cut, start: head > 0 };
}

const isKerasTokenizer = (options: TokenizerOptions): boolean =>
  options.kind === 'word' &&
  options.lower &&
  options.breaks === 'keep' &&
  options.filters === KERAS_FILTERS;

function tokensWith(options: TokenizerOptions): (text: string) => string[] {
  if (isKerasTokenizer(options)) return tokenizeWords;
  const make = {
    word: wordTokenizer,
    whitespace: whitespaceTokenizer,
    character: characterTokenizer,
  };
  const tokenizer = make[options.kind](options);
  return (text) => tokenizer.tokenize(text).map((token) => token.text);
}
