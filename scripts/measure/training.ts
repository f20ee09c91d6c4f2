import { readFile } from 'node:fs/promises';
import type { Dataset } from '../../src/core/dataset/loader/dataset.ts';
import { chooseBackend } from '../../src/core/kernels/choose-backend.ts';
import type { ModelSettings } from '../../src/core/models/settings/index.ts';
import { Pipeline } from '../../src/core/pipeline.ts';
import type { Sample } from '../../src/core/pipeline/sample.ts';
import { openBuiltData } from '../built-data.ts';
import { startThread } from '../kernel-threads.ts';
import { SIMD_BUILDS } from '../simd.ts';
import { round } from './data.ts';

/** What is trained, on which reviews, with which seeds. */
export interface Plan {
  readonly settings: ModelSettings;
  readonly sample: Sample;
  readonly seeds: readonly number[];
}

/** Trains as the lab does, with its engine, and judges the test reviews once at the end of each run. */
export async function measureTraining({ settings, sample, seeds }: Plan) {
  const dataset = await openBuiltData();
  await (sample === 'all' ? dataset.loadAll() : dataset.loadStarter());
  const { backend } = await chooseBackend('auto', (build) => readFile(SIMD_BUILDS[build]), {
    threads: { start: startThread },
  });
  const runs = [];
  for (const seed of seeds) {
    const seeded = { ...settings, training: { ...settings.training, seed } };
    runs.push(await measureRun(dataset, seeded, sample));
  }
  const { train, validation, test } = dataset.loaded;
  return { backend, settings, reviews: { train, heldOut: validation, test }, runs };
}

async function measureRun(dataset: Dataset, settings: ModelSettings, sample: Sample) {
  const pipeline = new Pipeline(dataset, settings, sample);
  const start = performance.now();
  let heldOut = Number.NaN;
  for await (const event of pipeline.run().start()) {
    if (event.type === 'epoch') heldOut = event.validation!.accuracy;
  }
  const seconds = (performance.now() - start) / 1000;
  const onTest = await pipeline.evaluate(dataset.table('test'));
  pipeline.dispose();
  return {
    seed: settings.training.seed,
    heldOutAccuracy: round(heldOut, 4),
    testAccuracy: round(onTest.accuracy, 4),
    seconds: round(seconds, 1),
  };
}
