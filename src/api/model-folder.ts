import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkComplete, checkFileSize, FILE_NAMES } from '../core/models/archive/files.ts';
import type { ArchiveFiles, FileName } from '../core/models/archive/files.ts';

/** What a model's folder may be called. */
const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** Names of the models in a folder, sorted: its folders that hold a `model.json`. */
export async function listModels(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory() && NAME.test(entry.name));
  return names.map(({ name }) => name).toSorted();
}

/**
 * Reads an archive that lies unzipped in a folder.
 *
 * @throws ArchiveError if a file is missing or too large
 */
export async function readModelFolder(folder: string): Promise<ArchiveFiles> {
  const files: Partial<Record<FileName, Uint8Array<ArrayBuffer>>> = {};
  for (const name of FILE_NAMES) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile()) continue;
    checkFileSize(name, found.size);
    files[name] = new Uint8Array(await readFile(path));
  }
  return checkComplete(files);
}

/** Writes an archive, unzipped, into a folder, which is made if need be. */
export async function writeModelFolder(folder: string, files: ArchiveFiles): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of FILE_NAMES) await writeFile(join(folder, name), files[name]);
}
