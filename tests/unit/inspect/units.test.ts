import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { SIMD_BUILDS } from '../../../scripts/simd.ts';
import type { TokenTable } from '../../../src/core/dataset/types.ts';
import { knockOut, withoutUnits } from '../../../src/core/inspect/knock-out.ts';
import { recurrentLayer, recurrentLayers } from '../../../src/core/inspect/recurrent-layers.ts';
import { sampleBatches } from '../../../src/core/inspect/sample-batches.ts';
import { searchReviews } from '../../../src/core/inspect/search-reviews.ts';
import { statesOf } from '../../../src/core/inspect/states.ts';
import { readerOf } from '../../../src/core/inspect/text-reader.ts';
import { readReview } from '../../../src/core/inspect/timesteps.ts';
import { topReviews, unitExtremes } from '../../../src/core/inspect/unit-extremes.ts';
import { startBackend } from '../../../src/core/kernels/register.ts';
import { createRandom } from '../../../src/core/random.ts';
import { NETWORKS, WORDS } from '../models/archive/trained.ts';

/** Reviews of made-up length and words, in ranks of `WORDS` and one that no model knows. */
function someReviews(count: number): TokenTable {
  const random = createRandom(3);
  const reviews = Array.from({ length: count }, () =>
    Array.from({ length: 1 + random.int(20) }, () => random.int(WORDS.length + 1)),
  );
  const offsets = Uint32Array.from([
    0,
    ...reviews.map((_, i) => reviews.slice(0, i + 1).flat().length),
  ]);
  return {
    rows: Uint32Array.from(reviews, (_, i) => 100 + i),
    labels: Uint8Array.from(reviews, () => random.int(2)),
    splits: new Uint8Array(count).fill(1),
    offsets,
    tokens: Uint32Array.from(reviews.flat()),
  };
}

const DATA_WORDS = [...WORDS, 'zombie'];
const table = someReviews(60);

beforeAll(() => startBackend('simd', (build) => readFile(SIMD_BUILDS[build])));

describe.each(Object.entries(NETWORKS))('%s', (_, make) => {
  const textOf = (review: number): string =>
    Array.from(
      table.tokens.subarray(table.offsets[review], table.offsets[review + 1]),
      (rank) => DATA_WORDS[rank],
    ).join(' ');

  it('a unit that is knocked out is 0 at every timestep, and comes back', async () => {
    const { model, ...trained } = make();
    const { row } = readReview(readerOf(trained), trained.preprocessing, textOf(7));
    for (const layer of recurrentLayers(model)) {
      const before = await statesOf(model, row);
      const asked = withoutUnits(layer, [0, layer.units - 1], () => statesOf(model, row));
      const silent = (await asked).find(({ name }) => name === layer.name)!;
      silent.h.forEach((value, i) => {
        const unit = i % layer.units;
        if (unit === 0 || unit === layer.units - 1) expect(value).toBe(0);
      });
      expect(silent.h.some((value) => value !== 0)).toBe(layer.units > 2);
      expect(await statesOf(model, row)).toEqual(before);
    }
  });

  it('a knock-out judges as a model whose unit leads nowhere', async () => {
    const { model, ...trained } = make();
    const batches = sampleBatches(table, DATA_WORDS, readerOf(trained), trained.preprocessing);
    const layer = recurrentLayers(model).at(-1)!;
    const { numTensors } = tf.memory();
    const { whole, without } = await knockOut(model, layer, [1], batches);
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(whole.reviews).toBe(60);
    // All units silent: the logit is the bias of the last layer, whatever is read.
    const all = Array.from({ length: layer.units }, (__, unit) => unit);
    const none = await knockOut(model, layer, all, batches);
    expect(none.whole).toEqual(whole);
    expect(without.loss).not.toBe(whole.loss);
    if (!layer.name.startsWith('backward')) {
      const positive = table.labels.reduce((sum, label) => sum + label, 0) / 60;
      expect(none.without.accuracy).toBeCloseTo(1 - positive, 6);
    }
    await expect(knockOut(model, layer, [layer.units], batches)).rejects.toThrow('but not');
  });

  it('finds the strongest moment of a unit where the states of each review have it', async () => {
    const { model, ...trained } = make();
    const reader = readerOf(trained);
    const batches = sampleBatches(table, DATA_WORDS, reader, trained.preprocessing);
    const layer = recurrentLayers(model)[0]!;
    const extremes = await unitExtremes(model, layer, batches, trained.preprocessing.padding);
    const { highest, lowest } = topReviews(extremes, 1, 3);
    const bests: { row: number; value: number; at: number }[] = [];
    for (const review of table.rows.keys()) {
      const { row } = readReview(reader, trained.preprocessing, textOf(review));
      const { h, units } = (await statesOf(model, row)).find(({ name }) => name === layer.name)!;
      const trace = Array.from({ length: row.length }, (__, t) => h[(row.first + t) * units + 1]!);
      const value = Math.max(...trace);
      bests.push({ row: table.rows[review]!, value, at: trace.indexOf(value) });
    }
    bests.sort((a, b) => b.value - a.value);
    expect(highest.map(({ value }) => value)).toEqual(
      bests.slice(0, 3).map(({ value }) => expect.closeTo(value, 5)),
    );
    const found = bests.find(({ row }) => row === highest[0]!.row)!;
    expect(highest[0]!.at).toBe(found.at);
    expect(lowest[0]!.value).toBeLessThanOrEqual(lowest[1]!.value);
  });
});

it('names the layers that there are', () => {
  const { model } = NETWORKS['SimpleRNN, fixed width']!();
  expect(() => recurrentLayer(model, 'nothing')).toThrow(
    /no recurrent layer "nothing"; it has simple/,
  );
});

describe('searchReviews', () => {
  const reviews: TokenTable = {
    rows: Uint32Array.of(10, 11, 12, 13),
    labels: Uint8Array.of(0, 1, 0, 1),
    splits: new Uint8Array(4),
    offsets: Uint32Array.of(0, 3, 6, 9, 12),
    tokens: Uint32Array.of(1, 2, 3, 3, 9, 2, 0, 2, 3, 5, 6, 7),
  };

  it('finds reviews with all words, those with the phrase first', () => {
    expect(searchReviews(reviews, [2, 3], 9)).toEqual([
      { index: 0, at: 1, phrase: true },
      { index: 2, at: 1, phrase: true },
      { index: 1, at: 0, phrase: false },
    ]);
    expect(searchReviews(reviews, [2, 3], 1)).toEqual([{ index: 0, at: 1, phrase: true }]);
    expect(searchReviews(reviews, [2, 8], 9)).toEqual([]);
    expect(searchReviews(reviews, [], 9)).toEqual([]);
  });
});
