import { rm } from 'node:fs/promises';
import { writeModelFolder } from '../../src/api/model-folder.ts';
import type { Dataset } from '../../src/core/dataset/loader/dataset.ts';
import { FILE_NAMES } from '../../src/core/models/archive/files.ts';
import type { ArchiveFiles } from '../../src/core/models/archive/files.ts';
import { loadModel, packModel } from '../../src/core/models/archive/model-archive.ts';
import type { Pipeline } from '../../src/core/pipeline.ts';
import { readReviews } from '../evaluate/read-reviews.ts';
import { sampleOf } from '../evaluate/sample.ts';
import { modelFolder } from './files.ts';
import { round } from './result.ts';
import type { SeedResult, ShippedWeights } from './result.ts';

const MIB = 2 ** 20;
/** What a model may weigh: these have larger tables than the others. */
const LIMITS: Readonly<Record<string, number>> = { best: 6 * MIB, 'bag-of-words': 6 * MIB };
const LIMIT = 3 * MIB;

/**
 * Writes a trained model to its shipped folder, as exactly as its size allows, and reads the test
 * reviews with what was written.
 *
 * @throws RangeError if it is too large at every precision
 */
export async function shipModel(
  preset: string,
  training: Pipeline,
  dataset: Dataset,
  { seed, test }: SeedResult,
): Promise<ShippedWeights> {
  const { files, precision } = await smallest(preset, training);
  const folder = modelFolder(preset);
  await rm(folder, { recursive: true, force: true });
  await writeModelFolder(folder, files);
  const shipped = await loadModel(files);
  try {
    const table = dataset.table('test');
    const { accuracy } = await readReviews(shipped, table, dataset.vocabulary);
    const sample = await readReviews(shipped, sampleOf(table), dataset.vocabulary);
    return {
      seed,
      precision,
      bytes: sizeOf(files),
      test_accuracy: round(accuracy),
      test_accuracy_loss: round(test.accuracy - accuracy),
      sample_accuracy: round(sample.accuracy),
    };
  } finally {
    shipped.model.dispose();
  }
}

async function smallest(
  preset: string,
  training: Pipeline,
): Promise<{ files: ArchiveFiles; precision: ShippedWeights['precision'] }> {
  const limit = LIMITS[preset] ?? LIMIT;
  for (const precision of ['float16', 'uint8'] as const) {
    const files = await packModel(training.trained, precision);
    if (sizeOf(files) <= limit) return { files, precision };
  }
  throw new RangeError(`The model of ${preset} is larger than ${limit} bytes at every precision.`);
}

const sizeOf = (files: ArchiveFiles): number =>
  FILE_NAMES.reduce((sum, name) => sum + files[name].length, 0);
