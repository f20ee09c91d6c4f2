import { readFile } from 'node:fs/promises';
import { openDataset } from '../src/core/dataset/loader/dataset.ts';
import type { Dataset } from '../src/core/dataset/loader/dataset.ts';

/** Address of the data that `npm run data` made. */
export const BUILT_DATA = new URL('../public/data/', import.meta.url).href;

/** `fetch` for files on disk: the built data can be loaded as a browser would, without a server. */
export async function fetchFromDisk(url: string): Promise<Response> {
  try {
    return new Response(await readFile(new URL(url)));
  } catch {
    return new Response('', { status: 404 });
  }
}

/** Opens the built data in Node. */
export function openBuiltData(): Promise<Dataset> {
  return openDataset({ baseUrl: BUILT_DATA, fetch: fetchFromDisk, caches: null });
}
