import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Address of the data that `npm run data` made. */
export const BUILT_DATA = `${pathToFileURL(resolve('public/data')).href}/`;

/** `fetch` for files on disk: the built data can be loaded as a browser would, without a server. */
export async function fetchFromDisk(url: string): Promise<Response> {
  try {
    return new Response(await readFile(new URL(url)));
  } catch {
    return new Response('', { status: 404 });
  }
}
