import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filesOf, readManifest } from '../../../scripts/data/publish.ts';
import type { Manifest } from '../../../src/core/dataset/types.ts';
import { readOutput } from './read-output.ts';

let work: string;
let out: string;
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'unrolled-data-'));
  out = join(work, 'out');
});
afterEach(() => rmSync(work, { recursive: true, force: true }));

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(...args: string[]): Run {
  return spawnSync(process.execPath, ['scripts/data.ts', '--out', out, ...args], {
    encoding: 'utf8',
  });
}

/** Expects a refusal in one line that matches, with no stack trace. */
function expectRefusal({ status, stderr }: Run, message: string | RegExp): void {
  expect(stderr.trimEnd().split('\n').at(-1)).toMatch(message);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(status).toBe(1);
}

function manifest(): Manifest {
  const found = readManifest(out);
  if (found === undefined) throw new Error(`no valid manifest in ${out}`);
  return found;
}

const texts = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `Made-up review number ${i}, "quoted"\nword${i % 7}`);
const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;

function writeCsv(count: number, extra = ''): string {
  const path = join(work, 'mine.csv');
  const lines = texts(count).map((text, i) => `${quote(text)},${i % 2 === 0 ? 'neg' : 'Positive'}`);
  writeFileSync(path, `review,sentiment\n${lines.join('\n')}\n${extra}`);
  return path;
}

describe('node scripts/data.ts --input', () => {
  it('makes a complete data set of a CSV file and accounts for the bad rows', () => {
    const { status, stdout } = run('--input', writeCsv(100, 'no label,\n,1\n'));
    expect(status, stdout).toBe(0);
    expect(stdout).toMatch("Refused 2 of the input's records:\n  line 202: the label is missing");
    const { source, counts, rejected, shards } = manifest();
    expect(source).toMatchObject({ kind: 'own', name: 'mine.csv' });
    expect(counts).toEqual({
      train: { negative: 32, positive: 32 },
      validation: { negative: 8, positive: 8 },
      test: { negative: 10, positive: 10 },
    });
    expect(rejected.count).toBe(2);
    expect(shards).toHaveLength(1);

    const reviews = readOutput(out, manifest());
    expect(reviews.map(({ row }) => row).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 100 }, (_, i) => i),
    );
    for (const { row, text, words, label } of reviews) {
      expect(text).toBe(texts(100)[row]);
      expect(words).toEqual([
        'made',
        'up',
        'review',
        'number',
        `${row}`,
        'quoted',
        `word${row % 7}`,
      ]);
      expect(label).toBe(row % 2);
    }
  });

  it('reads a folder laid out like aclImdb, in the order of its numbers', () => {
    const root = join(work, 'aclImdb');
    for (const split of ['train', 'test']) {
      for (const label of ['neg', 'pos']) {
        const folder = join(root, split, label);
        mkdirSync(folder, { recursive: true });
        for (let i = 0; i < 12; i++)
          writeFileSync(join(folder, `${i}_7.txt`), `${split} ${label} ${i}`);
      }
    }
    writeFileSync(join(root, 'train/pos/99_1.txt'), ' ');
    expect(run('--input', root).status).toBe(0);
    expect(manifest().counts.test).toEqual({ negative: 12, positive: 12 });
    expect(manifest().rejected.examples).toEqual([
      { where: 'train/pos/99_1.txt', reason: 'the text has no words' },
    ]);
    const reviews = readOutput(out, manifest());
    expect(reviews).toHaveLength(48);
    for (const { row, text, label, split } of reviews) {
      const [half, name, number] = text.split(' ');
      expect(half === 'test').toBe(split === 'test');
      expect(name).toBe(label === 0 ? 'neg' : 'pos');
      // 12 train/neg, 12 train/pos and the refused file, then test.
      expect(row).toBe((half === 'test' ? 25 : 0) + 12 * label + Number(number));
    }

    rmSync(join(root, 'test'), { recursive: true });
    expect(run('--input', root).status).toBe(0);
    expect(manifest().reviews).toBe(24);
    rmSync(join(root, 'train/neg'), { recursive: true });
    expectRefusal(run('--input', root), 'has no train/neg');
    expect(manifest().reviews, 'a refused run changes nothing').toBe(24);
  });

  it.each([
    ['json', (items: object[]) => JSON.stringify(items)],
    ['jsonl', (items: object[]) => items.map((item) => JSON.stringify(item)).join('\n')],
  ])('reads .%s files', (extension, format) => {
    const path = join(work, `mine.${extension}`);
    writeFileSync(path, format(texts(40).map((text, i) => ({ text, label: i % 2 }))));
    expect(run('--input', path).status).toBe(0);
    expect(manifest().reviews).toBe(40);
  });

  it('refuses what it cannot use, in one sentence', () => {
    expectRefusal(run('--input', join(work, 'none.csv')), 'There is no file or folder');
    writeFileSync(join(work, 'mine.xls'), '');
    expectRefusal(run('--input', join(work, 'mine.xls')), 'neither a folder nor one of .csv');
    writeFileSync(join(work, 'latin.csv'), Buffer.from('review,label\ncaf\xe9,1\n', 'latin1'));
    expectRefusal(run('--input', join(work, 'latin.csv')), 'is not UTF-8 text');
    writeFileSync(join(work, 'stars.csv'), 'body,stars\na,1\n');
    expectRefusal(run('--input', join(work, 'stars.csv')), 'found: "body", "stars"');
    expectRefusal(run('--input', writeCsv(19)), '19 usable reviews; at least 20');
    expectRefusal(run('--inptu', 'x'), /--inptu.* See --help/);
    expectRefusal(run('--input'), /--input.* See --help/);
    expect(readManifest(out)).toBeUndefined();
  });
});

describe('node scripts/data.ts --if-stale', () => {
  it('does nothing while the input is unchanged, and rebuilds when it changes', () => {
    const path = writeCsv(40);
    expect(run('--if-stale', '--input', path).stdout).toMatch('40 reviews in');
    const start = performance.now();
    expect(run('--if-stale').stdout).toBe('mine.csv: up to date.\n');
    expect(performance.now() - start).toBeLessThan(1000);

    writeCsv(60);
    expect(run('--if-stale').stdout).toMatch('60 reviews in');
    const text = manifest().texts[0]!.file;
    rmSync(join(out, text));
    expect(run('--if-stale').stdout).toMatch('60 reviews in');
    expect(statSync(join(out, text)).size, 'the same input gives the same file').toBeGreaterThan(0);
  });

  it('keeps own data whose input is gone, as long as it is whole', () => {
    const path = writeCsv(40);
    run('--input', path);
    rmSync(path);
    const { status, stdout } = run('--if-stale');
    expect(stdout).toMatch('is gone, so the data made from it stays as it is');
    expect(status).toBe(0);
    rmSync(join(out, manifest().vocabulary.file));
    expectRefusal(run('--if-stale'), 'Give its new place with --input');
  });

  it('gives the same bytes for the same input', () => {
    const path = writeCsv(80);
    run('--input', path);
    const before = readdirSync(out);
    rmSync(out, { recursive: true });
    run('--input', path);
    expect(readdirSync(out)).toEqual(before);
  });
});

describe('two runs at the same time', () => {
  it('write one after the other and leave one whole data set', async () => {
    const path = writeCsv(60);
    const script = ['scripts/data.ts', '--out', out, '--if-stale', '--input', path];
    const runs = [1, 2, 3].map(() => promisify(execFile)(process.execPath, script));
    const outputs = (await Promise.all(runs)).map(({ stdout }) => stdout);
    expect(outputs.filter((text) => text.includes('60 reviews in'))).toHaveLength(1);
    expect(outputs.filter((text) => text.includes('up to date'))).toHaveLength(2);
    expect(readOutput(out, manifest())).toHaveLength(60);
    expect(readdirSync(out).toSorted()).toEqual(
      ['manifest.json', ...filesOf(manifest()).map(({ file }) => file)].toSorted(),
    );
  });
});

describe('node scripts/data.ts --help', () => {
  it('explains the options and writes nothing', () => {
    const { status, stdout } = run('--help');
    expect(status).toBe(0);
    for (const option of ['--input', '--if-stale', '--out']) expect(stdout).toMatch(option);
    expect(statSync(out, { throwIfNoEntry: false })).toBeUndefined();
  });
});
