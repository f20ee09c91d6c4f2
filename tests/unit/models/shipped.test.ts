import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { openBuiltData } from '../../../scripts/built-data.ts';
import { readReviews } from '../../../scripts/evaluate/read-reviews.ts';
import { SAMPLE_REVIEWS, sampleOf } from '../../../scripts/evaluate/sample.ts';
import { compare, expectedOnSample } from '../../../scripts/evaluate/compare.ts';
import { SIMD_BUILDS } from '../../../scripts/simd.ts';
import { MODELS, modelFolder, readResult } from '../../../scripts/train/files.ts';
import { listModels, readModelFolder } from '../../../src/api/model-folder.ts';
import { tokensOf } from '../../../src/core/dataset/batch/bag-table.ts';
import type { Dataset } from '../../../src/core/dataset/loader/dataset.ts';
import type { TokenTable } from '../../../src/core/dataset/types.ts';
import { startBackend } from '../../../src/core/kernels/register.ts';
import { loadModel } from '../../../src/core/models/archive/model-archive.ts';
import { FILE_NAMES } from '../../../src/core/models/archive/files.ts';
import { PRESETS } from '../../../src/core/models/presets/index.ts';

const shipped = await listModels(MODELS);
const results = (await Promise.all(PRESETS.map(({ name }) => readResult(name)))).filter(
  (result) => result !== undefined,
);

let dataset: Dataset;
let test: TokenTable;

beforeAll(async () => {
  await startBackend('simd', (build) => readFile(SIMD_BUILDS[build]));
  dataset = await openBuiltData();
  await dataset.loadAll();
  test = dataset.table('test');
});

describe('the shipped models', () => {
  it('are those that the results speak of', () => {
    const recorded = results.flatMap(({ preset, weights }) => (weights ? preset : []));
    expect(shipped.length).toBeGreaterThan(0);
    expect(recorded.toSorted()).toEqual(shipped);
  });

  it.each(shipped)('%s judges a sample of the test reviews as its result says', async (name) => {
    const weights = (await readResult(name))!.weights!;
    const files = await readModelFolder(modelFolder(name));
    const bytes = FILE_NAMES.reduce((sum, file) => sum + files[file].length, 0);
    expect(bytes, 'bytes of the files').toBe(weights.bytes);
    const trained = await loadModel(files);
    const reading = await readReviews(trained, sampleOf(test), dataset.vocabulary);
    trained.model.dispose();
    expect(reading.reviews).toBe(SAMPLE_REVIEWS);
    const { accuracy, margin } = expectedOnSample(weights, reading, test.rows.length);
    const distance = Math.abs(reading.accuracy - accuracy);
    expect(
      distance,
      `${reading.accuracy} was read, ${accuracy} recorded, and ${margin} may lie between`,
    ).toBeLessThanOrEqual(margin + 1e-9);
  });

  it('refuses words of other data', async () => {
    const trained = await loadModel(await readModelFolder(modelFolder(shipped[0]!)));
    const words = ['no', ...trained.words.slice(1)];
    await expect(
      readReviews({ ...trained, words }, sampleOf(test, 2), dataset.vocabulary),
    ).rejects.toThrow('word of rank 0 is "no", the data’s is "the"');
    trained.model.dispose();
  });
});

describe('sampleOf', () => {
  it('draws each review once, whole, whatever the order of the table', () => {
    const sample = sampleOf(test);
    expect(new Set(sample.rows).size).toBe(SAMPLE_REVIEWS);
    const place = test.rows.indexOf(sample.rows[700]!);
    expect(tokensOf(sample, 700)).toEqual(tokensOf(test, place));
    expect(sample.labels[700]).toBe(test.labels[place]);
    // From either half: 12,500 rows of each class.
    const positive = sample.labels.reduce((sum, label) => sum + label, 0);
    expect(Math.abs(positive - SAMPLE_REVIEWS / 2)).toBeLessThan(80);
    const turned = { ...test, rows: test.rows.toReversed() };
    expect(sampleOf(turned).rows).toEqual(sample.rows);
  });
});

describe('compare', () => {
  const reading = (accuracy: number, undecided: number) => ({
    ...{ accuracy, undecided, reviews: 25_000, loss: 0, auc: 1 },
    confusion: { truePositives: 0, falsePositives: 0, trueNegatives: 0, falseNegatives: 0 },
  });

  it('counts the reviews that moved, and forgives those that rounding can move', () => {
    expect(compare(reading(0.9, 0), 0.9)).toEqual({ difference: 0, explained: true });
    expect(compare(reading(0.90008, 2), 0.9)).toEqual({ difference: 2, explained: true });
    expect(compare(reading(0.89988, 2), 0.9)).toEqual({ difference: -3, explained: false });
  });
});
