import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { listModels, readModelFolder } from '../api/model-folder.ts';
import { loadModel } from '../core/models/archive/model-archive.ts';
import { FILE_NAMES } from '../core/models/archive/files.ts';
import type { TrainedModel } from '../core/models/trained-model.ts';

/** A trained model that the site comes with. */
export interface ShippedModel {
  /** Of its folder. */
  readonly name: string;
  readonly trained: TrainedModel;
  /** Of all its files. */
  readonly bytes: number;
}

/**
 * Opens the first of some models that is there, when the site is built.
 *
 * @throws ArchiveError if that one is damaged
 */
export async function openShipped(
  names: readonly string[],
  root = process.cwd(),
): Promise<ShippedModel | undefined> {
  const folder = join(root, 'public/models');
  const there = await listModels(folder);
  const name = names.find((candidate) => there.includes(candidate));
  if (name === undefined) return undefined;
  const sizes = await Promise.all(
    FILE_NAMES.map(async (file) => (await stat(join(folder, name, file))).size),
  );
  const trained = await loadModel(await readModelFolder(join(folder, name)));
  return { name, trained, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
