import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from './lint.ts';
import { lintArchitecture, ROOT } from './lint.ts';
import { importLines } from './mdx-imports.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');

/** What the fixtures say about themselves: `// breaks: <rule>` at the end of an illegal line. */
function expectedFindings(file: string): Finding[] {
  const lines = readFileSync(join(FIXTURES, file), 'utf8').split('\n');
  return lines.flatMap((text, i) => {
    const rule = /\/\/ breaks: (\S+)$/.exec(text)?.[1];
    return rule === undefined ? [] : [{ file, line: i + 1, rule }];
  });
}

describe('the rules on fixtures', () => {
  const files = globSync('**/*.{ts,js,astro,mdx}', { cwd: FIXTURES })
    .map((file) => file.replaceAll('\\', '/'))
    .toSorted();
  const findings = lintArchitecture(FIXTURES, readdirSync(FIXTURES));

  it.each(files)('%s', (file) => {
    expect(findings.filter((finding) => finding.file === file)).toEqual(expectedFindings(file));
  });

  it('are all seen to bite, in scripts, components and lessons', () => {
    const expected = files.flatMap(expectedFindings);
    expect([...new Set(expected.map(({ rule }) => rule))].toSorted()).toEqual([
      'boundaries/dependencies',
      'boundaries/no-unknown-files',
      'import/no-cycle',
      'no-console',
      'no-restricted-globals',
      'no-restricted-properties',
    ]);
    const broken = new Set(expected.map(({ file }) => file.slice(file.lastIndexOf('.'))));
    expect([...broken].toSorted()).toEqual(['.astro', '.js', '.mdx', '.ts']);
  });
});

describe('the lessons', () => {
  it('obey the rules in what their documents import', () => {
    const findings = lintArchitecture(ROOT, ['src']);
    expect(findings.filter(({ file }) => file.endsWith('.mdx'))).toEqual([]);
  });
});

describe('importLines', () => {
  it('keeps the ESM blocks of a document, at their lines', () => {
    const mdx = [
      '---',
      'title: A lesson',
      '---',
      "import A from './a.astro';",
      'import {',
      '  b,',
      "} from './b.ts';",
      '',
      'import is an English word too, in the middle of',
      'export trade.',
      '',
      '````js',
      '',
      "import c from './c.ts';",
      '```',
      '',
      "import d from './d.ts';",
      '````',
      '',
      "export { e } from './e.ts';",
    ];
    const kept = importLines(mdx.join('\n')).split('\n');
    expect(kept.length).toBe(mdx.length);
    expect(kept.filter((line) => /\bfrom\b/.test(line))).toEqual([mdx[3], mdx[6], mdx[19]]);
    expect(kept.slice(0, 7)).toEqual(['', '', '', ...mdx.slice(3, 7)]);
  });
});
