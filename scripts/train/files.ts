import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PresetResult } from './result.ts';

const ROOT = new URL('../../', import.meta.url);

/** Where a preset's result stands. */
export const resultFile = (preset: string): string =>
  fileURLToPath(new URL(`results/${preset}.json`, ROOT));

/** Holds the folder of each shipped model. */
export const MODELS = fileURLToPath(new URL('public/models/', ROOT));

/** The folder of a preset's shipped model. */
export const modelFolder = (preset: string): string => join(MODELS, preset);

/** Where checkpoints of runs under way lie. */
export const CHECKPOINTS = fileURLToPath(new URL('.checkpoints/', ROOT));

/** A preset's result, or undefined if it has none yet. */
export async function readResult(preset: string): Promise<PresetResult | undefined> {
  const text = await readFile(resultFile(preset), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as PresetResult);
}

export async function writeResult(result: PresetResult): Promise<void> {
  await mkdir(new URL('results/', ROOT), { recursive: true });
  await writeFile(resultFile(result.preset), `${JSON.stringify(result, null, 2)}\n`);
}
