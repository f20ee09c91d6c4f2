import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ParsedSource } from '../../src/core/dataset/prepare/source.ts';
import { SourceCollector, SourceError } from '../../src/core/dataset/prepare/source.ts';

const TRAIN = ['train/neg', 'train/pos'];
const TEST = ['test/neg', 'test/pos'];

/**
 * Reads a folder in the layout of the `aclImdb` archive: one text file per review in `train/neg`,
 * `train/pos` and, unless test is to be held out, `test/neg` and `test/pos`. Files come in the order
 * of their numbers, so that reviews of one film stay neighbours.
 *
 * @throws SourceError when a folder is missing.
 */
export function readAclFolder(root: string): ParsedSource {
  const collector = new SourceCollector();
  for (const folder of foldersOf(root)) {
    const [split, label] = folder.split('/');
    for (const file of textFiles(join(root, folder))) {
      const text = readFileSync(join(root, folder, file), 'utf8');
      collector.add(`${folder}/${file}`, { text, label, split });
    }
  }
  return collector.finish();
}

/** Number, total size and newest modification time of the folder's text files. */
export function aclFolderIdentity(root: string): string {
  let files = 0;
  let bytes = 0;
  let newest = 0;
  for (const folder of foldersOf(root)) {
    for (const file of textFiles(join(root, folder))) {
      const { size, mtimeMs } = statSync(join(root, folder, file));
      files++;
      bytes += size;
      newest = Math.max(newest, mtimeMs);
    }
  }
  return `${files} files ${bytes} bytes ${newest}`;
}

function foldersOf(root: string): string[] {
  const withTest = TEST.some((folder) => existsSync(join(root, folder)));
  const folders = withTest ? [...TRAIN, ...TEST] : TRAIN;
  const missing = folders.filter((folder) => !existsSync(join(root, folder)));
  if (missing.length > 0) {
    throw new SourceError(
      `The folder ${root} should be laid out like aclImdb, but has no ${missing.join(', ')}.`,
    );
  }
  return folders;
}

function textFiles(folder: string): string[] {
  const { compare } = new Intl.Collator('en', { numeric: true });
  return readdirSync(folder)
    .filter((file) => file.endsWith('.txt'))
    .sort(compare);
}
