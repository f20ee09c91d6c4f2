import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { PRESETS } from '../../src/core/models/presets/index.ts';
import { readResult } from '../train/files.ts';
import type { FirstStepResult, PredictResult, Results, TorchResult } from './types.ts';

/** All result files, the presets in their order. */
export async function readResults(): Promise<Results> {
  const presets = await Promise.all(
    PRESETS.map(async (preset) => ({ preset, result: await readResult(preset.name) })),
  );
  const [torch, firstStep, predict] = await Promise.all([
    readJson<TorchResult>('pytorch'),
    readJson<FirstStepResult>('first-step'),
    readJson<PredictResult>('predict'),
  ]);
  return { presets, torch: torch!, firstStep, predict };
}

/** Undefined if there is no such file. */
async function readJson<T>(name: string): Promise<T | undefined> {
  const file = new URL(`../../results/${name}.json`, import.meta.url);
  if (!existsSync(file)) return undefined;
  return JSON.parse(await readFile(file, 'utf8')) as T;
}
