import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { ROOT } from './lint.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures/src/protocol');

/** What is left of a module at run time; `export {};` when it holds types alone. */
function emitted(path: string): string {
  const { outputText } = ts.transpileModule(readFileSync(path, 'utf8'), {
    compilerOptions: {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      removeComments: true,
    },
  });
  return outputText.trim();
}

describe('src/protocol', () => {
  const modules = globSync('src/protocol/**/*.{ts,js,mjs}', { cwd: ROOT });

  it.each(modules)('%s holds types alone', (path) => {
    expect(emitted(join(ROOT, path))).toBe('export {};');
  });

  it('would be caught with a value in it', () => {
    expect(emitted(join(FIXTURES, 'legal.ts'))).toBe('export {};');
    expect(emitted(join(FIXTURES, 'illegal.ts'))).toContain('export const DEFAULT');
  });
});
