import { expect, it } from 'vitest';
import type { Batch } from '../../../../src/core/dataset/batch/batcher.ts';
import { dropWords } from '../../../../src/core/dataset/batch/word-dropout.ts';

/** Twelve batches of a row of marks and 400 words. */
const source = {
  size: 12,
  *epoch(_: number, from = 0): Generator<Batch> {
    for (let i = from; i < 12; i++) {
      yield {
        ids: Int32Array.from({ length: 404 }, (__, at) => at),
        shape: [1, 404],
        lengths: Int32Array.of(404),
        labels: Float32Array.of(1),
        rows: Uint32Array.of(i),
      };
    }
  },
};
const idsOf = (batches: Iterable<Batch>): number[][] => [...batches].map(({ ids }) => [...ids]);

it('makes that share of the words unknown, and no mark', () => {
  const all = idsOf(dropWords(source, 0.25, 1).epoch(0));
  for (const ids of all) expect(ids.slice(0, 4)).toEqual([0, 1, 2, 3]);
  const words = all.flatMap((ids) => ids.slice(4));
  expect(words.every((id, i) => id === 2 || id === (i % 400) + 4)).toBe(true);
  expect(words.filter((id) => id === 2).length / words.length).toBeCloseTo(0.25, 1);
});

it('drops others in each batch, epoch and run, and the same ones again', () => {
  const once = idsOf(dropWords(source, 0.5, 1).epoch(0));
  expect(new Set(once.map(String)).size).toBe(12);
  expect(idsOf(dropWords(source, 0.5, 1).epoch(0))).toEqual(once);
  expect(idsOf(dropWords(source, 0.5, 1).epoch(0, 5))).toEqual(once.slice(5));
  expect(idsOf(dropWords(source, 0.5, 1).epoch(1))).not.toEqual(once);
  expect(idsOf(dropWords(source, 0.5, 2).epoch(0))).not.toEqual(once);
});

it('leaves everything alone at a share of 0', () => {
  expect(dropWords(source, 0, 1)).toBe(source);
});
