import { readFile } from 'node:fs/promises';
import { Batcher } from '../../src/core/dataset/batch/batcher.ts';
import type { Dataset } from '../../src/core/dataset/loader/dataset.ts';
import { chooseBackend } from '../../src/core/kernels/choose-backend.ts';
import type { RunSettings } from '../../src/core/models/settings.ts';
import { Pipeline } from '../../src/core/pipeline.ts';
import type { Sample } from '../../src/core/pipeline.ts';
import { evaluate } from '../../src/core/training/evaluation/evaluate.ts';
import { RunControl } from '../../src/core/training/run-control.ts';
import { openBuiltData } from '../built-data.ts';
import { startThread } from '../kernel-threads.ts';
import { SIMD_BUILDS } from '../simd.ts';
import { round } from './data.ts';

/** What is trained, on which reviews, with which seeds. */
export interface Plan {
  readonly settings: RunSettings;
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
  for (const seed of seeds) runs.push(await measureRun(dataset, { ...settings, seed }, sample));
  const { train, validation, test } = dataset.loaded;
  return { backend, settings, reviews: { train, heldOut: validation, test }, runs };
}

async function measureRun(dataset: Dataset, settings: RunSettings, sample: Sample) {
  const pipeline = new Pipeline(dataset, settings, sample);
  const start = performance.now();
  let heldOut = Number.NaN;
  for await (const event of pipeline.fit(new RunControl())) {
    if (event.type === 'epoch') heldOut = event.validation.accuracy;
  }
  const seconds = (performance.now() - start) / 1000;
  const { numWords, maxlen, padding } = settings;
  const test = new Batcher(dataset.table('test'), dataset.vocabulary, {
    scheme: { numWords },
    maxlen,
    padding,
    truncating: padding,
    batchSize: 100,
    shuffle: false,
  });
  const onTest = await evaluate(pipeline.model, test.epoch(0));
  pipeline.dispose();
  return {
    seed: settings.seed,
    heldOutAccuracy: round(heldOut, 4),
    testAccuracy: round(onTest!.accuracy, 4),
    seconds: round(seconds, 1),
  };
}
