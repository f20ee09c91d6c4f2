import { describe, expect, it } from 'vitest';
import { countTokens, paddingWaste } from '../../../../src/core/dataset/batch/statistics.ts';
import { Batcher } from '../../../../src/core/dataset/batch/batcher.ts';
import type { BatchOptions } from '../../../../src/core/dataset/batch/batcher.ts';
import { makeVocabulary, tableOf } from './fixture.ts';

const vocabulary = makeVocabulary(10);
/** Lengths 0 to 99, each ten times, well mixed. */
const documents = Array.from({ length: 1000 }, (_, i) => Array<number>((i * 37) % 100).fill(1));

function batcher(options: Partial<BatchOptions> = {}): Batcher {
  return new Batcher(tableOf(documents), vocabulary, { batchSize: 16, maxlen: 80, ...options });
}

describe('countTokens', () => {
  it('counts what is kept and what is cut, start ids included', () => {
    const small = new Batcher(tableOf([[], [1, 1], [1, 1, 1, 1]]), vocabulary, {
      batchSize: 2,
      maxlen: 3,
    });
    expect(countTokens(small)).toEqual({ reviews: 3, kept: 1 + 3 + 3, cut: 2, truncated: 1 });
  });
});

describe('paddingWaste', () => {
  it('agrees with the padding that the batches hold', () => {
    for (const options of [{}, { buckets: 1 }, { buckets: 8, widthMultiple: 16 }]) {
      const measured = batcher(options);
      let cells = 0;
      let padding = 0;
      for (const { ids } of measured.epoch(5)) {
        cells += ids.length;
        padding += ids.filter((id) => id === 0).length;
      }
      expect(paddingWaste(measured, 5)).toEqual({ cells, padding, share: padding / cells });
    }
  });

  it('shrinks with narrow batches, and further with more buckets', () => {
    const share = (options: Partial<BatchOptions>) => paddingWaste(batcher(options)).share;
    const shares = [{}, { buckets: 1 }, { buckets: 4 }, { buckets: 16 }].map(share);
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    expect(shares[0]).toBeGreaterThan(0.35);
    expect(shares.at(-1)).toBeLessThan(0.08);
  });

  it('still mixes the batches: neighbours in training differ in width', () => {
    const { widths } = batcher({ buckets: 8 }).plan(0);
    const full = Array.from(widths.subarray(0, -1));
    expect(full).not.toEqual(full.toSorted((a, b) => a - b));
    expect(new Set(full).size).toBeGreaterThan(4);
  });

  it('rounds widths up to few values, never above maxlen', () => {
    const { widths } = batcher({ buckets: 8, widthMultiple: 32 }).plan(0);
    expect(new Set(widths)).toEqual(new Set([32, 64, 80]));
  });

  it('is 0 for no reviews', () => {
    const empty = new Batcher(tableOf([]), vocabulary, { batchSize: 2, maxlen: 3 });
    expect(paddingWaste(empty)).toEqual({ cells: 0, padding: 0, share: 0 });
  });
});
