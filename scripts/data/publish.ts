import { createHash } from 'node:crypto';
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ManifestError, parseManifest } from '../../src/core/dataset/manifest.ts';
import type { DataFile, Manifest } from '../../src/core/dataset/types.ts';
import { DataError } from './data-error.ts';

const MANIFEST = 'manifest.json';
const HASH_DIGITS = 12;
/** What this script writes; nothing else in the folder is ever removed. */
const OWN_FILES = /^(.*\.[0-9a-f]{12}\.bin|\..*\.tmp)$/;

/** Writes one file and says how the manifest lists it. */
export type Put = (name: string, bytes: Uint8Array) => DataFile;

/**
 * Replaces the contents of `dir` in one step. `write` puts the files, under names that hold a piece
 * of their hash, so they never overwrite one that the old manifest names; only when all are on disk
 * does the new manifest take the old one's place, and only then are files removed that it doesn't
 * name. Whenever this ends early, the old manifest and all its files stay.
 */
export async function publish(
  dir: string,
  write: (put: Put) => Promise<Manifest>,
): Promise<Manifest> {
  const fresh: string[] = [];
  try {
    const manifest = await write((name, bytes) => {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const file = `${name}.${sha256.slice(0, HASH_DIGITS)}.bin`;
      if (!existsSync(join(dir, file))) fresh.push(file);
      writeWhole(dir, file, bytes);
      return { file, bytes: bytes.length, sha256 };
    });
    if (!isComplete(dir, manifest)) {
      throw new DataError(`Files were removed from ${dir} while it was written. Run this again.`);
    }
    writeWhole(dir, MANIFEST, `${JSON.stringify(parseManifest(manifest), null, 2)}\n`);
    removeAllBut(dir, new Set(filesOf(manifest).map(({ file }) => file)));
    return manifest;
  } catch (error) {
    for (const file of fresh) rmSync(join(dir, file), { force: true });
    throw error;
  }
}

/** The manifest in `dir`; undefined when there is none or it is not a valid one. */
export function readManifest(dir: string): Manifest | undefined {
  try {
    return parseManifest(JSON.parse(readFileSync(join(dir, MANIFEST), 'utf8')));
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (missing || error instanceof SyntaxError || error instanceof ManifestError) return undefined;
    throw error;
  }
}

/** Every file that a manifest names. */
export function filesOf({ vocabulary, shards, texts }: Manifest): DataFile[] {
  return [vocabulary, ...shards, ...texts];
}

/** Whether every file that the manifest names is in `dir` with its right size. */
export function isComplete(dir: string, manifest: Manifest): boolean {
  return filesOf(manifest).every(({ file, bytes }) => {
    const found = statSync(join(dir, file), { throwIfNoEntry: false });
    return found?.size === bytes;
  });
}

/** Under its final name a file is whole, on disk too: a rename may outlive a crash, its data not. */
function writeWhole(dir: string, name: string, content: string | Uint8Array): void {
  const temporary = join(dir, `.${name}.${process.pid}.tmp`);
  writeFileSync(temporary, content, { flush: true });
  renameSync(temporary, join(dir, name));
}

function removeAllBut(dir: string, named: ReadonlySet<string>): void {
  for (const name of readdirSync(dir)) {
    if (OWN_FILES.test(name) && !named.has(name)) rmSync(join(dir, name), { force: true });
  }
}
