import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decodeTexts, decodeTokens, decodeVocabulary } from '../../core/dataset/loader/decode.ts';
import { parseManifest } from '../../core/dataset/manifest.ts';
import { SPLITS } from '../../core/dataset/types.ts';
import type { DataFile, Manifest, Split } from '../../core/dataset/types.ts';
import type { Vocabulary } from '../../core/text/vocabulary.ts';

/** One review as the site stores it. */
export interface Review {
  /** Row number in the source. */
  readonly row: number;
  /** 0 negative, 1 positive. */
  readonly label: number;
  readonly split: Split;
  /** Vocabulary ranks, 0-based, of its words in reading order. */
  readonly tokens: Uint32Array;
}

/** The whole data set in memory. */
export interface DataSet {
  readonly manifest: Manifest;
  readonly vocabulary: Vocabulary;
  /** Every review, in source order. */
  readonly reviews: readonly Review[];
  /** The text of the review with that row number, as it stands in the source. */
  readonly textOf: (row: number) => string;
}

/** The data folder is missing, or lacks what was asked for. */
export class LessonDataError extends Error {
  override readonly name = 'LessonDataError';
}

/**
 * Reads the data files of the site from disk, when the site is built.
 *
 * @param dir the folder with `manifest.json`.
 * @throws LessonDataError when the folder has no manifest; ManifestError or DataError when a file is
 * not of the expected form.
 */
export function readDataSet(dir: string): DataSet {
  const manifest = readManifest(dir);
  const unpack = ({ file }: DataFile) => new Uint8Array(gunzipSync(readFileSync(join(dir, file))));
  const vocabulary = decodeVocabulary(unpack(manifest.vocabulary), manifest.vocabulary);
  const sealed = manifest.shards.flatMap((shard) => {
    const table = decodeTokens(unpack(shard), shard, vocabulary.size);
    return Array.from(table.rows, (row, i): Review => {
      const tokens = table.tokens.subarray(table.offsets[i], table.offsets[i + 1]);
      return { row, label: table.labels[i]!, split: SPLITS[table.splits[i]!]!, tokens };
    });
  });
  const textOf = (row: number): string => {
    const position = sealed.findIndex((review) => review.row === row);
    const shard = manifest.texts.findLast((candidate) => candidate.position <= position);
    if (!shard) throw new LessonDataError(`There is no review with row number ${row} in ${dir}.`);
    return decodeTexts(unpack(shard), shard)[position - shard.position]!;
  };
  return { manifest, vocabulary, reviews: sealed.toSorted((a, b) => a.row - b.row), textOf };
}

function readManifest(dir: string): Manifest {
  let json: string;
  try {
    json = readFileSync(join(dir, 'manifest.json'), 'utf8');
  } catch (error) {
    throw new LessonDataError(`There is no data in ${dir}: run "npm run data" first.`, {
      cause: error,
    });
  }
  return parseManifest(JSON.parse(json));
}
