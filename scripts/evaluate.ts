/**
 * Reads all test reviews with the models that are shipped, and holds the figures against
 * `results/<name>.json`. Ends with an error where they differ by more than rounding explains.
 *
 *   npm run evaluate [-- --model NAME|all] [--threads N] [--record]
 *
 * `--record` writes the accuracy on the sample of `npm test` into results that lack it.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { listModels, readModelFolder } from '../src/api/model-folder.ts';
import type { Dataset } from '../src/core/dataset/loader/dataset.ts';
import { chooseBackend } from '../src/core/kernels/choose-backend.ts';
import { loadModel } from '../src/core/models/archive/model-archive.ts';
import { PRESETS } from '../src/core/models/presets/index.ts';
import { openBuiltData } from './built-data.ts';
import { readReviews } from './evaluate/read-reviews.ts';
import type { ArchiveReading } from './evaluate/read-reviews.ts';
import { sampleOf } from './evaluate/sample.ts';
import { compare } from './evaluate/compare.ts';
import { threadsFrom } from './kernel-threads.ts';
import { percent, table, whole } from './results/format.ts';
import { SIMD_BUILDS } from './simd.ts';
import { MODELS, modelFolder, readResult, writeResult } from './train/files.ts';
import { round } from './train/result.ts';
import type { PresetResult } from './train/result.ts';

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'all' },
    threads: { type: 'string' },
    record: { type: 'boolean', default: false },
  },
});

const HEADER = 'model,accuracy,loss,AUC,true +,false +,true −,false −,seconds,beside the result';

async function main(): Promise<void> {
  const names = await wantedModels();
  const { reason } = await chooseBackend('simd', (build) => readFile(SIMD_BUILDS[build]), {
    threads: threadsFrom(values.threads),
  });
  console.log(`Reading with simd. ${reason}`);
  const dataset = await openBuiltData();
  await dataset.loadAll();
  const rows: string[][] = [];
  for (const name of names) {
    console.log(`${name} …`);
    rows.push(await evaluate(name, dataset));
  }
  console.log(`\n${table(HEADER.split(','), rows)}`);
}

/** Those in the folder, and those that a result says are there. */
async function wantedModels(): Promise<string[]> {
  const results = await Promise.all(PRESETS.map(({ name }) => readResult(name)));
  const recorded = results.flatMap((result) => (result?.weights ? result.preset : []));
  const names = [...new Set([...recorded, ...(await listModels(MODELS))])];
  if (values.model === 'all') return names;
  if (names.includes(values.model)) return [values.model];
  throw new Error(`--model must be all or one of ${names.join(', ')}, not ${values.model}.`);
}

/** A row of the table. */
async function evaluate(name: string, dataset: Dataset): Promise<string[]> {
  const trained = await loadModel(await readModelFolder(modelFolder(name)));
  try {
    const test = dataset.table('test');
    const start = performance.now();
    const reading = await readReviews(trained, test, dataset.vocabulary);
    const seconds = (performance.now() - start) / 1000;
    const result = await readResult(name);
    const words = besideResult(reading, result);
    if (values.record && result?.weights && result.weights.sample_accuracy === undefined) {
      const sample = await readReviews(trained, sampleOf(test), dataset.vocabulary);
      const weights = { ...result.weights, sample_accuracy: round(sample.accuracy) };
      await writeResult({ ...result, weights });
    }
    const { accuracy, loss, auc, confusion } = reading;
    const { truePositives, falsePositives, trueNegatives, falseNegatives } = confusion;
    return [
      name,
      percent(accuracy),
      loss.toFixed(4),
      auc.toFixed(4),
      ...[truePositives, falsePositives, trueNegatives, falseNegatives].map(whole),
      seconds.toFixed(1),
      words,
    ];
  } finally {
    trained.model.dispose();
  }
}

/** How the figures stand to the result's; what can't be explained makes the command fail. */
function besideResult(reading: ArchiveReading, result: PresetResult | undefined): string {
  if (!result?.weights) {
    process.exitCode = 1;
    return 'NO RESULT of these weights';
  }
  const { difference, explained } = compare(reading, result.weights.test_accuracy);
  if (difference === 0) return 'equal';
  const sign = difference > 0 ? '+' : '−';
  const moved = `${sign}${Math.abs(difference)} reviews`;
  if (explained) return `${moved}: rounding, ${reading.undecided} are that close`;
  process.exitCode = 1;
  return `DIFFERS: ${moved}, and ${reading.undecided} are close enough for rounding`;
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
