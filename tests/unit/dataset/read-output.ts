import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { decodeShard } from '../../../src/core/dataset/codec.ts';
import type { DataFile, Manifest, Split } from '../../../src/core/dataset/types.ts';
import { SPLITS } from '../../../src/core/dataset/types.ts';
import { Vocabulary } from '../../../src/core/text/vocabulary.ts';

/** A review put together from every file that holds a part of it. */
export interface StoredReview {
  readonly row: number;
  readonly label: number;
  readonly split: Split;
  readonly words: readonly string[];
  readonly text: string;
}

/** The bytes of a file, with its size and hash checked against the manifest, unpacked. */
function readFile(dir: string, { file, bytes, sha256 }: DataFile): Uint8Array {
  const content = readFileSync(join(dir, file));
  expect(content.length, `size of ${file}`).toBe(bytes);
  expect(createHash('sha256').update(content).digest('hex'), `hash of ${file}`).toBe(sha256);
  return gunzipSync(content);
}

function readJson(dir: string, file: DataFile): unknown {
  return JSON.parse(Buffer.from(readFile(dir, file)).toString('utf8'));
}

export function readVocabulary(dir: string, manifest: Manifest): Vocabulary {
  return Vocabulary.fromJSON(readJson(dir, manifest.vocabulary));
}

/** Every review of the output, in sealed order. */
export function readOutput(dir: string, manifest: Manifest): StoredReview[] {
  const { words } = readVocabulary(dir, manifest);
  const texts = manifest.texts.flatMap((shard) => {
    const stored = readJson(dir, shard) as string[];
    expect(stored.length, `texts in ${shard.file}`).toBe(shard.reviews);
    return stored;
  });
  return manifest.shards.flatMap((shard) => {
    const { rows, labels, splits, offsets, tokens } = decodeShard(readFile(dir, shard));
    expect(rows.length, `reviews in ${shard.file}`).toBe(shard.reviews);
    return Array.from(rows, (row, i) => ({
      row,
      label: labels[i]!,
      split: SPLITS[splits[i]!]!,
      words: Array.from(tokens.subarray(offsets[i], offsets[i + 1]), (rank) => words[rank]!),
      text: texts[shard.position + i]!,
    }));
  });
}
