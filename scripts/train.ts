/**
 * Trains presets to their end and writes down what came out: `results/<preset>.json`, the first
 * seed's weights to `public/models/<preset>/`, and the pages of `npm run results`. Runs are saved as they go: with `--resume`, one that
 * was interrupted goes on where it stopped.
 *
 *   npm run train -- --preset NAME|all [--seed 1,2,3] [--epochs N] [--backend simd] [--threads N]
 *                    [--resume]
 *
 * `--epochs` is for a quick look: nothing is written then. `--threads` says how many threads compute,
 * 1 or 0 being the calling one alone; by default as many as the machine is good for. Another number
 * rounds sums in another order, and so gives a run of its own.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { chooseBackend } from '../src/core/kernels/choose-backend.ts';
import type { BackendChoice } from '../src/core/kernels/choose-backend.ts';
import type { Dataset } from '../src/core/dataset/loader/dataset.ts';
import { PRESETS } from '../src/core/models/presets/index.ts';
import type { Preset } from '../src/core/models/presets/index.ts';
import { checkModel } from '../src/core/models/settings/index.ts';
import { openBuiltData } from './built-data.ts';
import { threadsFrom } from './kernel-threads.ts';
import { FolderStore } from './train/folder-store.ts';
import { SIMD_BUILDS } from './simd.ts';
import { CHECKPOINTS, readResult, writeResult } from './train/files.ts';
import { writeResultPages } from './results/write.ts';
import { withSeed } from './train/result.ts';
import { shipModel } from './train/ship-model.ts';
import { trainSeed } from './train/train-seed.ts';
import type { SeedRun } from './train/train-seed.ts';

const { values } = parseArgs({
  options: {
    preset: { type: 'string' },
    seed: { type: 'string', default: '1' },
    epochs: { type: 'string' },
    backend: { type: 'string', default: 'simd' },
    threads: { type: 'string' },
    resume: { type: 'boolean', default: false },
  },
});

/** The seed whose weights are shipped. */
const SHIPPED_SEED = 1;

async function main(): Promise<void> {
  const wanted = PRESETS.filter(({ name }) => [name, 'all'].includes(values.preset ?? ''));
  if (wanted.length === 0) {
    const names = PRESETS.map(({ name }) => name);
    throw new Error(`--preset must be all or one of ${names.join(', ')}, not ${values.preset}.`);
  }
  const threads = threadsFrom(values.threads);
  const { backend, reason } = await chooseBackend(
    values.backend as BackendChoice,
    (build) => readFile(SIMD_BUILDS[build]),
    { threads },
  );
  console.log(`Training on ${backend}. ${reason}`);
  const dataset = await openBuiltData();
  await dataset.loadAll();
  const store = new FolderStore(CHECKPOINTS);
  for (const preset of wanted) {
    for (const seed of values.seed.split(',').map(Number)) {
      const { epochs } = preset.settings.training;
      const settings = checkModel({
        ...preset.settings,
        training: {
          ...preset.settings.training,
          seed,
          epochs: values.epochs === undefined ? epochs : Number(values.epochs),
        },
      });
      const name = `${preset.name}-${seed}`;
      const run = await trainSeed(dataset, settings, { name, store, resume: values.resume });
      console.log(`${name}: ${(100 * run.result.test.accuracy).toFixed(2)} % of the test reviews.`);
      if (values.epochs === undefined) await record(preset, run, dataset);
      run.training.dispose();
    }
  }
}

/** Adds a run to the preset's result; the first seed's weights are shipped. */
async function record({ name, settings }: Preset, run: SeedRun, dataset: Dataset): Promise<void> {
  const { training, result } = run;
  const known = await readResult(name);
  const weights =
    result.seed === SHIPPED_SEED
      ? await shipModel(name, training, dataset, result)
      : known?.weights;
  const parameters = training.model.countParams();
  const seeds = known?.seeds ?? [];
  const base = { preset: name, settings, parameters, seeds, ...(weights ? { weights } : {}) };
  await writeResult(withSeed(base, result));
  await writeResultPages();
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
