import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, isAbsolute, relative, resolve } from 'node:path';
import { parseJson, parseJsonLines } from '../../src/core/dataset/prepare/parse-json.ts';
import { parseTable } from '../../src/core/dataset/prepare/parse-table.ts';
import type { ParsedSource } from '../../src/core/dataset/prepare/source.ts';
import { aclFolderIdentity, readAclFolder } from './acl-folder.ts';
import { readCsv } from './csv.ts';
import { DataError } from './data-error.ts';
import type { Input } from './input.ts';

const PARSERS: Readonly<Record<string, (file: TextFile) => ParsedSource>> = {
  '.csv': ({ bytes }) => parseTable(readCsv(bytes)),
  '.json': ({ text }) => parseJson(text),
  '.jsonl': ({ text }) => parseJsonLines(text),
  '.ndjson': ({ text }) => parseJsonLines(text),
};

/** A file of UTF-8 text, as bytes and decoded. */
interface TextFile {
  readonly bytes: Uint8Array;
  readonly text: string;
}

/** Below the longest string that V8 can hold (about 537 million characters). */
const MOST_BYTES = 500_000_000;

/**
 * A reader's own reviews: an `aclImdb` folder, or a CSV, JSON or JSON Lines file.
 *
 * @param path where the data lies; relative paths start at `root`.
 * @throws DataError when there is nothing at the path or the kind of file is unknown.
 */
export function ownInput(path: string, root: string): Input {
  const absolute = resolve(root, path);
  if (!existsSync(absolute)) throw new DataError(`There is no file or folder ${absolute}.`);
  const isFolder = statSync(absolute).isDirectory();
  const parse = PARSERS[extname(absolute).toLowerCase()];
  if (!isFolder && parse === undefined) {
    const known = Object.keys(PARSERS).join(', ');
    throw new DataError(`${absolute} is neither a folder nor one of ${known}.`);
  }
  const fromRoot = relative(root, absolute);
  const outside = fromRoot.startsWith('..') || isAbsolute(fromRoot);
  return {
    kind: 'own',
    name: basename(absolute),
    citation: `Your own data, read from ${basename(absolute)}.`,
    path: outside ? absolute : fromRoot,
    identity: () =>
      `${absolute} ${isFolder ? aclFolderIdentity(absolute) : fileIdentity(absolute)}`,
    read: () =>
      parse === undefined || isFolder ? readAclFolder(absolute) : parse(readText(absolute)),
  };
}

function fileIdentity(path: string): string {
  const { size, mtimeMs } = statSync(path);
  return `${size} bytes ${mtimeMs}`;
}

function readText(path: string): TextFile {
  const { size } = statSync(path);
  if (size > MOST_BYTES) {
    throw new DataError(`${path} has ${size} bytes; at most ${MOST_BYTES} can be read.`);
  }
  const bytes = readFileSync(path);
  try {
    return { bytes, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new DataError(`${path} is not UTF-8 text.`, { cause: error });
  }
}
