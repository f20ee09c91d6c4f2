import { describe, expect, test } from 'vitest';
import { CHOSEN_WORDS } from '../../../src/components/embedding/chosen-words.ts';
import { costOf, describeCost, shareOf } from '../../../src/components/embedding/cost-text.ts';
import { describeLookup, timesTable } from '../../../src/components/embedding/lookup-text.ts';
import { WordVectors } from '../../../src/components/embedding/word-vectors.ts';
import { requestFor } from '../../../src/components/training/race-figure.ts';
import { buildModel } from '../../../src/core/models/build.ts';
import { checkModel } from '../../../src/core/models/settings/index.ts';
import { Pipeline } from '../../../src/core/pipeline.ts';
import { createRandom } from '../../../src/core/random.ts';
import type { EmbeddingRows } from '../../../src/core/training/telemetry/telemetry.ts';
import { openStarter } from '../../../src/figures/open-data.ts';
import { race } from '../../../src/lessons/embedding/race.ts';

describe('vectors of words', () => {
  const words = ['good', 'fine', 'bad'];
  const table = { values: Float32Array.of(9, 9, 9, 9, 9, 9, 9, 9, 1, 0, 2, 1, -1, 0), size: 2 };
  const vectors = new WordVectors([...words, 'beyond the table'], table);

  test('belong to the ids from 4 on; what has no row is no word', () => {
    expect(vectors.words).toEqual(words);
    expect(Array.from(vectors.vector('fine'))).toEqual([2, 1]);
    expect(() => vectors.vector('beyond the table')).toThrow(RangeError);
  });

  test('neighbours come nearest first, by direction alone', () => {
    expect(vectors.similarity('good', 'bad')).toBe(-1);
    const [first, second] = vectors.neighbours('good', 5);
    expect(first).toEqual({ word: 'fine', similarity: expect.closeTo(2 / Math.sqrt(5), 6) });
    expect(second!.word).toBe('bad');
  });

  test('the map holds the principal components, praise to the right', () => {
    const random = createRandom(3);
    const size = 5;
    const list = CHOSEN_WORDS.map(({ word }) => word);
    const values = Float32Array.from(
      { length: (list.length + 4) * size },
      () => random.next() - 0.5,
    );
    const map = new WordVectors(list, { values, size }).map();
    const rows = list.map((_, i) => values.subarray((i + 4) * size, (i + 5) * size));
    const mean = Array.from({ length: size }, (_, k) => average(rows.map((row) => row[k]!)));
    const covariance = mean.map((_, a) =>
      mean.map((__, b) => average(rows.map((row) => (row[a]! - mean[a]!) * (row[b]! - mean[b]!)))),
    );
    const spread = covariance.reduce((sum, row, k) => sum + row[k]!, 0);
    // Axes of principal components: uncorrelated, and no direction has more variance than the first.
    const [xs, ys] = [map.points.map(({ x }) => x), map.points.map(({ y }) => y)];
    expect(average(xs.map((x, i) => x * ys[i]!))).toBeCloseTo(0, 4);
    const eigenvalues = map.shares.map((share) => share * spread);
    for (let trial = 0; trial < 200; trial += 1) {
      const direction = mean.map(() => random.next() - 0.5);
      const length = Math.hypot(...direction);
      const along = covariance.reduce(
        (sum, row, a) =>
          sum + row.reduce((inner, c, b) => inner + c * direction[a]! * direction[b]!, 0),
        0,
      );
      expect(along / length ** 2).toBeLessThanOrEqual(eigenvalues[0]! + 1e-6);
    }
    expect(average(xs.map((x) => x * x))).toBeCloseTo(eigenvalues[0]!, 5);
    const lean = map.points.reduce((sum, { x, value }) => sum + x * value, 0);
    expect(lean).toBeGreaterThanOrEqual(0);
  });
});

test('one-hot times a table is a row of it', () => {
  const rows = [
    { word: 'a', values: [1, 2] },
    { word: 'b', values: [-3, 4] },
  ];
  expect(timesTable([0, 1], rows)).toEqual([-3, 4]);
  expect(describeLookup(rows, 1)).toBe('Column 1: 0·1.000 + 1·−3.000 = −3.000');
});

test('the cost is what a model of that size counts', () => {
  const settings = checkModel({
    text: { numWords: 300 },
    network: { embeddingDim: 24, layers: [{ cell: 'LSTM', units: 64 }] },
  });
  const model = buildModel(settings);
  const { embedding, lstm, dense } = costOf(300, 24);
  expect(embedding + lstm + dense).toBe(model.countParams());
  model.dispose();
  const large = costOf(10_000, 128);
  expect(large.embedding + large.lstm + large.dense, 'as the question says').toBe(1_329_473);
  expect(shareOf(large)).toBeGreaterThan(0.9);
  expect(describeCost(large)).toContain('1,280,000 numbers in the table, 5.1 MB');
});

test('good and bad drift apart, and the map becomes a line', async () => {
  const dataset = await openStarter();
  const { entries, steps, seed, batchSize, telemetry } = requestFor(race);
  const [entry] = entries;
  if (!entry || !('settings' in entry)) throw new Error('The race has settings.');
  const training = { ...entry.settings.training, seed, batchSize };
  const pipeline = new Pipeline(dataset, { ...entry.settings, training }, 'starter');
  const run = pipeline.sprint(steps);
  run.observe({ ...telemetry!, every: 133 });
  const looks: EmbeddingRows[] = [];
  for await (const event of run.start()) {
    if (event.type === 'batch' && event.telemetry) looks.push(event.telemetry.embeddings![0]!);
  }
  const vectors = looks.map(
    ({ values, shape }) => new WordVectors(dataset.vocabulary.words, { values, size: shape[1] }),
  );
  expect(vectors.length).toBe(4);
  const together = vectors.map((look) => look.similarity('good', 'bad'));
  expect(together[0], 'noise at first').toBeGreaterThan(-0.2);
  expect(together.at(-1), 'opposite in the end').toBeLessThan(-0.7);
  expect(vectors[0]!.map().shares[0]).toBeLessThan(0.4);
  expect(vectors.at(-1)!.map().shares[0]).toBeGreaterThan(0.95);
  const { accuracy } = await pipeline.evaluate(dataset.table('validation'));
  expect(accuracy).toBeGreaterThan(0.75);
  pipeline.dispose();
}, 60_000);

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
