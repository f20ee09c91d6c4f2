import { readFile } from 'node:fs/promises';
import { PRESETS } from '../../src/core/models/presets/index.ts';
import { readResult } from '../train/files.ts';
import type { Results, TorchResult } from './types.ts';

/** All result files, the presets in their order. */
export async function readResults(): Promise<Results> {
  const presets = await Promise.all(
    PRESETS.map(async (preset) => ({ preset, result: await readResult(preset.name) })),
  );
  const file = new URL('../../results/pytorch.json', import.meta.url);
  return { presets, torch: JSON.parse(await readFile(file, 'utf8')) as TorchResult };
}
