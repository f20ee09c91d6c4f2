import { beforeAll, expect, test } from 'vitest';
import type { Dataset } from '../../../src/core/dataset/loader/dataset.ts';
import { judge } from '../../../src/core/inspect/verdict.ts';
import { openStarter } from '../../../src/figures/open-data.ts';
import { projectToPlane } from '../../../src/plots/scatter/project-to-plane.ts';
import { PlainWeights } from '../../../src/figures/read-step-by-step.ts';
import { judgeTestReviews, train } from '../../../src/figures/train.ts';

let dataset: Dataset;
beforeAll(async () => {
  dataset = await openStarter();
});

test.each(['SimpleRNN', 'LSTM', 'GRU'] as const)(
  'a %s read step by step ends at the verdict of its model',
  async (cell) => {
    const run = await train(dataset, cell, 1);
    const { vocabulary } = dataset;
    const { numWords, maxlen } = run.settings.text;
    const words = 'a dull and boring film with one wonderful scene'.split(' ');
    const ids = vocabulary.encode(words, { numWords });
    const padded = [...Array.from({ length: maxlen - ids.length }, () => 0), ...ids];
    const reading = new PlainWeights(run.pipeline.model).read(padded);
    const verdict = await judge(run.pipeline.predictor, words.join(' '));
    if (verdict.kind !== 'verdict') throw new Error(`The verdict is ${verdict.kind}.`);
    const probability = 1 / (1 + Math.exp(-reading.logits.at(-1)!));
    expect(probability).toBeCloseTo(verdict.probability, 4);
    expect(reading.gradients.every((size) => size >= 0 && Number.isFinite(size))).toBe(true);
    expect(reading.gradients.at(-1)).toBeGreaterThan(0);
  },
);

test('every test review of the starter shard is judged, in order', async () => {
  const run = await train(dataset, 'GRU', 1);
  const { probabilities, labels } = await judgeTestReviews(dataset, run);
  expect(labels).toEqual([...dataset.table('test').labels]);
  expect(probabilities.length).toBe(labels.length);
  expect(probabilities.every((p) => p >= 0 && p <= 1)).toBe(true);
});

test('the plane is that of the largest variance, and both axes are uncorrelated', () => {
  const points = Array.from({ length: 50 }, (_, i) => {
    const [long, short] = [Math.sin(i) * 9, Math.cos(3 * i) * 2];
    return [long + 1, long - short, short * 2, 0.01 * i];
  });
  const places = projectToPlane(points);
  const variance = (of: (place: [number, number]) => number): number =>
    places.reduce((sum, place) => sum + of(place) ** 2, 0);
  expect(variance(([x]) => x)).toBeGreaterThan(variance(([, y]) => y));
  const mixed = places.reduce((sum, [x, y]) => sum + x * y, 0);
  expect(Math.abs(mixed) / variance(([x]) => x)).toBeLessThan(1e-6);
});
