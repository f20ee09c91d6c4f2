import { beforeAll, describe, expect, it } from 'vitest';
import { openBuiltData } from '../../scripts/built-data.ts';
import type { Dataset } from '../../src/core/dataset/loader/dataset.ts';
import { presetNamed } from '../../src/core/models/presets/index.ts';
import { checkModel } from '../../src/core/models/settings/index.ts';
import { EncodedReviews } from '../../src/core/pipeline/encoded-reviews.ts';
import { bagOf } from '../../src/core/text/bigrams.ts';

let dataset: Dataset;
beforeAll(async () => {
  dataset = await openBuiltData();
  await dataset.loadStarter();
});

const encode = (settings: object): EncodedReviews =>
  new EncodedReviews(dataset.table('train'), dataset.vocabulary, checkModel(settings));

describe('a sequence of words', () => {
  it('is padded to one length, or only to the longest of its batch', () => {
    const text = { maxlen: 50 };
    const plain = [...encode({ text }).training().epoch(0)];
    expect(plain.every(({ shape }) => shape[1] === 50)).toBe(true);
    const bucketed = encode({ text: { maxlen: 400 }, training: { bucketed: true } });
    const widths = [...bucketed.training().epoch(0)].map(({ shape, lengths }) => [
      shape[1],
      Math.max(...lengths),
    ]);
    expect(widths.every(([width, longest]) => width === longest)).toBe(true);
    expect(new Set(widths.map(([width]) => width)).size).toBeGreaterThan(10);
  });
});

describe('a bag of words and pairs', () => {
  const { text, ...rest } = presetNamed('bag-of-words')!.settings;
  const settings = { ...rest, text: { ...text, numWords: 1000, bigrams: 5000 } };

  it('holds each word and pair of the review once, whatever split it comes from', () => {
    const reviews = encode(settings);
    expect(reviews.bigrams!.size).toBe(5000);
    const test = dataset.table('test');
    const [batch] = reviews.reading(test, 2).epoch(0);
    const [own] = test.offsets.subarray(1, 2);
    const words = dataset.vocabulary.encodeIndices(test.tokens.subarray(0, own), {
      numWords: 1000,
    });
    const bag = bagOf(words, reviews.bigrams, true);
    expect(bag.some((id) => id >= 1000)).toBe(true);
    const row = batch!.ids.subarray(0, batch!.shape[1]);
    expect([...row.subarray(-bag.length)]).toEqual(bag);
    expect(row.subarray(0, -bag.length).every((id) => id === 0)).toBe(true);
  });

  it('knows which words and pairs speak for a positive review', () => {
    const reviews = encode(settings);
    const ratios = reviews.naiveBayes();
    expect(ratios).toHaveLength(6000);
    const idOf = (word: string) => dataset.vocabulary.encode([word], { startId: null })[0]!;
    expect(ratios[idOf('great')]).toBeGreaterThan(0.3);
    expect(ratios[idOf('worst')]).toBeLessThan(-0.5);
    const waste = reviews.bigrams!.idOf(idOf('waste'), idOf('of'))!;
    expect(ratios[waste]).toBeLessThan(-0.5);
  });
});
