import { spawnSync } from 'node:child_process';
import {
  cpSync,
  globSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { importLines } from './mdx-imports.ts';

export const ROOT = resolve(import.meta.dirname, '../..');

/** One broken rule: `plugin/rule`, or `rule` alone for the linter's own. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
}

interface Diagnostic {
  readonly code: string;
  readonly filename: string;
  readonly labels: readonly { readonly span: { readonly line: number } }[];
}

/** The rules that make the architecture; the others judge style and correctness. */
const ARCHITECTURE =
  /^(?:boundaries\/|import\/no-cycle$|no-console$|no-restricted-(?:globals|properties)$)/;

const CONFIG = ['oxlint.config.ts', 'tests/architecture/layers.ts'];
const EXTRACTED = '.imports.ts';

/**
 * Lints a tree as if it stood at the root of the repository, with the repository's own rules. The
 * linter doesn't read MDX, so the imports of `x.mdx` are linted as a script in its place.
 *
 * @param tree a folder that is laid out like the repository
 * @param folders what to lint of it
 * @returns what breaks the architecture, by file and line
 */
export function lintArchitecture(tree: string, folders: readonly string[]): Finding[] {
  const mirror = realpathSync(mkdtempSync(join(tmpdir(), 'unrolled-lint-')));
  try {
    for (const path of folders) cpSync(join(tree, path), join(mirror, path), { recursive: true });
    for (const path of CONFIG) cpSync(join(ROOT, path), join(mirror, path));
    symlinkSync(join(ROOT, 'node_modules'), join(mirror, 'node_modules'), 'junction');
    for (const path of globSync(
      folders.map((folder) => `${folder}/**/*.mdx`),
      { cwd: mirror },
    )) {
      const source = readFileSync(join(mirror, path), 'utf8');
      writeFileSync(join(mirror, path + EXTRACTED), importLines(source));
    }
    return runLinter(mirror, folders).toSorted(
      (a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.rule.localeCompare(b.rule),
    );
  } finally {
    rmSync(mirror, { recursive: true, force: true });
  }
}

function runLinter(cwd: string, folders: readonly string[]): Finding[] {
  const linter = join(ROOT, 'node_modules/oxlint/bin/oxlint');
  const run = spawnSync(process.execPath, [linter, '--format=json', ...folders], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (!run.stdout.trimStart().startsWith('{')) {
    throw new Error(`The linter gave no report (exit ${run.status}): ${run.stdout}${run.stderr}`);
  }
  const { diagnostics } = JSON.parse(run.stdout) as { diagnostics: Diagnostic[] };
  return diagnostics
    .map(({ code, filename, labels }) => ({
      file: filename.replaceAll('\\', '/').replace(EXTRACTED, ''),
      line: labels[0]?.span.line ?? 1,
      rule: code.replace(/^eslint\((.*)\)$/, '$1').replace(/^([\w-]+)\((.*)\)$/, '$1/$2'),
    }))
    .filter(({ rule }) => ARCHITECTURE.test(rule));
}
