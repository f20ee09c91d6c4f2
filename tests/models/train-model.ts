/**
 * Trains a small real model on the starter shard, in a second or two, and writes its archive.
 *
 *   node tests/models/train-model.ts FOLDER     a folder that will hold the folder of the model
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openBuiltData } from '../../scripts/built-data.ts';
import { SIMD_BUILDS } from '../../scripts/simd.ts';
import { writeModelFolder } from '../../src/api/model-folder.ts';
import { startBackend } from '../../src/core/kernels/register.ts';
import { packModel } from '../../src/core/models/archive/model-archive.ts';
import { checkModel } from '../../src/core/models/settings/index.ts';
import { Pipeline } from '../../src/core/pipeline.ts';

export const SMALL = 'small-gru';

const SMALL_SETTINGS = checkModel({
  text: { numWords: 2000, maxlen: 60 },
  network: { embeddingDim: 8, layers: [{ cell: 'GRU', units: 8 }] },
  training: { epochs: 1 },
});

/** @returns the trained pipeline; the caller disposes it */
export async function trainModel(
  folder: string,
  name = SMALL,
  settings = SMALL_SETTINGS,
): Promise<Pipeline> {
  await startBackend('simd', (build) => readFile(SIMD_BUILDS[build]));
  const dataset = await openBuiltData();
  await dataset.loadStarter();
  const pipeline = new Pipeline(dataset, settings, 'starter');
  for await (const _ of pipeline.run().start());
  await writeModelFolder(join(folder, name), await packModel(pipeline.trained));
  return pipeline;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await trainModel(process.argv[2]!);
