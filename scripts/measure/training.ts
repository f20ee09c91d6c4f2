import { readFile } from 'node:fs/promises';
import { Batcher } from '../../src/core/dataset/batch/batcher.ts';
import { openDataset } from '../../src/core/dataset/loader/dataset.ts';
import { chooseBackend } from '../../src/core/kernels/choose-backend.ts';
import { DEFAULT_SETTINGS } from '../../src/core/models/settings.ts';
import { Pipeline } from '../../src/core/pipeline.ts';
import { evaluate } from '../../src/core/training/fit.ts';
import { RunControl } from '../../src/core/training/run-control.ts';
import { round } from './data.ts';

/** Trains the lab's default network on the starter shard, as the lab does, once for each seed. */
export async function measureTraining(seeds: readonly number[]) {
  const dataset = await openDataset({
    baseUrl: new URL('../../public/data/', import.meta.url).href,
    fetch: async (url) => new Response(await readFile(new URL(url))),
    caches: null,
  });
  await dataset.loadStarter();
  const { backend } = await chooseBackend('auto');
  const runs = [];
  for (const seed of seeds) {
    const settings = { ...DEFAULT_SETTINGS, seed };
    const pipeline = new Pipeline(dataset, settings, 'starter');
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
    runs.push({
      seed,
      heldOutAccuracy: round(heldOut, 4),
      testAccuracy: round(onTest!.accuracy, 4),
      seconds: round(seconds, 1),
    });
    pipeline.dispose();
  }
  const reviews = { train: 1600, heldOut: 400, test: dataset.loaded.test };
  return { backend, settings: DEFAULT_SETTINGS, reviews, runs };
}
