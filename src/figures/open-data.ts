import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openDataset } from '../core/dataset/loader/dataset.ts';
import type { Dataset } from '../core/dataset/loader/dataset.ts';
import { chooseBackend } from '../core/kernels/choose-backend.ts';

const SIMD_FOLDER = 'src/core/kernels/simd/build';

/** Opens the prepared data when the site is built, in its root folder, and starts the fastest engine. */
export async function openStarter(root = process.cwd()): Promise<Dataset> {
  await chooseBackend('auto', (build) => readFile(join(root, SIMD_FOLDER, `simd-${build}.wasm`)));
  const dataset = await openDataset({
    baseUrl: pathToFileURL(join(root, 'public/data/')).href,
    fetch: async (url) => new Response(await readFile(new URL(url))),
    caches: null,
  });
  await dataset.loadStarter();
  return dataset;
}
