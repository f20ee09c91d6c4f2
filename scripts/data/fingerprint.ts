import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Input } from './input.ts';

/** Folders whose code decides what is written; their subfolders only count if they are named too. */
const CODE = ['src/core/text', 'src/core/dataset', 'src/core/dataset/prepare', 'scripts/data'];
const CODE_FILES = ['src/core/random.ts', 'scripts/data.ts'];

/**
 * SHA-256 over the input's identity and the code that makes the output, lower-case hex. Equal
 * fingerprints mean that a new run would write the same files.
 */
export function fingerprint(input: Input, root: string): string {
  const hash = createHash('sha256');
  hash.update(`${input.kind}\0${input.identity()}\0`);
  for (const file of [...CODE.flatMap((folder) => codeIn(root, folder)), ...CODE_FILES]) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function codeIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => `${folder}/${name}`);
}
