import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { imdbInput } from '../../../scripts/data/imdb.ts';
import { readManifest } from '../../../scripts/data/publish.ts';
import type { SourceReview } from '../../../src/core/dataset/prepare/source.ts';
import type { Manifest } from '../../../src/core/dataset/types.ts';
import { SPLITS } from '../../../src/core/dataset/types.ts';
import { tokenizeWords } from '../../../src/core/text/tokenize.ts';
import type { Vocabulary } from '../../../src/core/text/vocabulary.ts';
import type { StoredReview } from './read-output.ts';
import { readOutput, readVocabulary } from './read-output.ts';

const DATA = join(dirname(fileURLToPath(import.meta.url)), '../../../public/data');

describe('the built data set in public/data', () => {
  let manifest: Manifest;
  let vocabulary: Vocabulary;
  let stored: readonly StoredReview[];
  let source: readonly SourceReview[];

  beforeAll(() => {
    const found = readManifest(DATA);
    if (found?.source.kind !== 'imdb') {
      throw new Error(`${DATA} does not hold the IMDB reviews: run "npm run data" first`);
    }
    manifest = found;
    vocabulary = readVocabulary(DATA, manifest);
    stored = readOutput(DATA, manifest);
    source = imdbInput().read().reviews;
  });

  it('holds every row exactly once', () => {
    const rows = stored.map(({ row }) => row).toSorted((a, b) => a - b);
    expect(rows).toEqual(source.map(({ row }) => row));
  });

  it('gives back the text, words, label and half of every review', () => {
    for (const { row, text, words, label, split } of stored) {
      const original = source[row]!;
      // Compared without expect, whose messages would quote the review.
      const expected = tokenizeWords(original.text);
      const wrong = [
        text !== original.text && 'text',
        (words.length !== expected.length || words.some((word, i) => word !== expected[i])) &&
          'words',
        label !== original.label && 'label',
        (split === 'test') !== (original.split === 'test') && 'split',
      ].filter((part) => part !== false);
      if (wrong.length > 0) throw new Error(`row ${row} comes back with another ${wrong.join()}`);
    }
  });

  it('ranks the words by their count in the original training half; test-only words follow', () => {
    const counts = new Map<string, number>();
    for (const { text, split } of source) {
      if (split === 'test') continue;
      for (const word of tokenizeWords(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    expect(manifest.vocabulary).toMatchObject({ size: vocabulary.size, trainWords: counts.size });
    vocabulary.words.forEach((word, rank) => {
      if ((counts.get(word) ?? 0) !== vocabulary.counts[rank]) {
        throw new Error(`the word of rank ${rank} has the count ${vocabulary.counts[rank]}`);
      }
    });
    expect(vocabulary.words.slice(0, 3)).toEqual(['the', 'and', 'a']);
  });

  it('starts with a shard of 1,600 + 400 + 1,000 reviews, then train and validation, then test', () => {
    const [starter, ...rest] = manifest.shards;
    expect(starter?.counts).toEqual({ train: 1600, validation: 400, test: 1000 });
    const order = rest.map(({ counts, file }) => {
      const present = SPLITS.filter((split) => counts[split] > 0);
      expect(present.length, `splits in ${file}`).toBe(1);
      return SPLITS.indexOf(present[0]!);
    });
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    for (const shard of manifest.shards) {
      const reviews = stored.slice(shard.position, shard.position + shard.reviews);
      for (const split of SPLITS) {
        const count = reviews.filter((review) => review.split === split).length;
        expect(shard.counts[split], `${split} in ${shard.file}`).toBe(count);
      }
    }
  });

  it.each(SPLITS)('halves every even prefix of %s between the classes', (split) => {
    const labels = stored.filter((review) => review.split === split).map(({ label }) => label);
    expect(labels.length).toBe({ train: 20_000, validation: 5_000, test: 25_000 }[split]);
    for (let i = 0; i < labels.length; i += 2) {
      if (labels[i]! + labels[i + 1]! !== 1) throw new Error(`reviews ${i} and ${i + 1} agree`);
    }
    const half = labels.length / 2;
    expect(manifest.counts[split]).toEqual({ negative: half, positive: half });
  });

  it('stays within its budgets', () => {
    expect(manifest.wire.starter).toBeLessThanOrEqual(1_000_000);
    expect(manifest.wire.all).toBeLessThanOrEqual(16_000_000);
    for (const { file, reviews } of manifest.texts) expect(reviews, file).toBeLessThanOrEqual(500);
  });

  it('has names that no host takes for compressed content', () => {
    const files = [manifest.vocabulary, ...manifest.shards, ...manifest.texts];
    for (const { file, sha256 } of files) {
      expect(file).toMatch(/^[a-z]+(-\d+)?\.[0-9a-f]{12}\.bin$/);
      expect(file).toContain(sha256.slice(0, 12));
    }
  });

  it('names its source and counts its duplicates', () => {
    expect(manifest.source.citation).toMatch(/Maas.*2011.*Learning Word Vectors/);
    expect(manifest.duplicates).toMatchObject({ acrossTrainValidation: 0, repeated: 418 });
    expect(manifest.rejected).toEqual({ count: 0, examples: [] });
  });
});
