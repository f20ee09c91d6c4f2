import { readFile, writeFile } from 'node:fs/promises';
import { resultsPage } from './page.ts';
import { readResults } from './read.ts';
import { fillResults } from './readme.ts';

const ROOT = new URL('../../', import.meta.url);
const README = new URL('README.md', ROOT);

/** Writes what is made from the result files: `docs/results.md`, and the README's table. */
export async function writeResultPages(): Promise<void> {
  const results = await readResults();
  await writeFile(new URL('docs/results.md', ROOT), resultsPage(results));
  await writeFile(README, fillResults(await readFile(README, 'utf8'), results.presets));
}
