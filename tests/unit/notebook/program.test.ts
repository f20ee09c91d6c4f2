import { describe, expect, it } from 'vitest';
import { describeFailure } from '../../../src/notebook/engine/error-place.ts';
import { evaluate } from '../../../src/notebook/engine/evaluate.ts';
import { LoopGuard, RunawayLoopError, StoppedError } from '../../../src/notebook/engine/guard.ts';
import { compileCell } from '../../../src/notebook/engine/program.ts';

/** Runs a cell without an engine. */
function runCell(source: string, guard: LoopGuard, given: Record<string, unknown> = {}): unknown {
  const program = compileCell(source);
  const values = program.parameters.map((name) => (name === '$guard' ? guard : given[name]));
  return evaluate('test', program)(...values);
}

const failureOf = (source: string) => {
  const program = compileCell(source);
  try {
    evaluate('test', program)();
  } catch (error) {
    return describeFailure(error, 'test', program.linesBefore);
  }
  throw new Error('It did not fail.');
};

const syntaxFailureOf = (source: string) => {
  try {
    compileCell(source);
  } catch (error) {
    return describeFailure(error, 'test');
  }
  throw new Error('It compiled.');
};

describe('compileCell', () => {
  it('finds what a cell reads and defines', () => {
    const { inputs, outputs, expression } = compileCell(
      'const a: number = b + 1;\nfunction f(x: string) { return x + c; }\nMath.max(a);',
    );
    expect([inputs, outputs, expression]).toEqual([['b', 'c'], ['a', 'f'], false]);
  });

  it('takes a lone expression for one, with or without a semicolon', () => {
    expect(compileCell('a + b').expression).toBe(true);
    expect(compileCell('// sum\na + b;\n').expression).toBe(true);
    expect(compileCell('a; b;').expression).toBe(false);
  });

  it('refuses imports, with the line', () => {
    expect(syntaxFailureOf("\nimport x from 'x';")).toMatchObject({ line: 2 });
    expect(syntaxFailureOf("await import('x')").message).toContain('can’t import');
  });
});

describe('the line of a failure', () => {
  it.each([
    ['const a = 1;\n(null as any).x;', 2],
    ['\n\n\n(null as any).x', 4],
    ['// one\n\nconst f = () => {\n  throw new Error("no");\n};\nf();', 4],
  ])('%j fails in line %i', (source, line) => {
    expect(failureOf(source).line).toBe(line);
  });

  it.each([
    ['const = 3', 1],
    ['\n\nlet a = 1;\nlet a: number = 2;', 4],
    ['a;\nb c', 2],
    ['\n\nelsewhere = 5;', 3],
  ])('%j does not compile in line %i', (source, line) => {
    expect(syntaxFailureOf(source).line).toBe(line);
  });
});

describe('loops', () => {
  const guard = () => new LoopGuard(new AbortController().signal);

  it.each([
    ['for (let i = 0; i < 3; i++) seen.push(i);', [0, 1, 2]],
    ['for (const i of [4, 5]) { seen.push(i); }', [4, 5]],
    ['let i = 0; do seen.push(i); while (++i < 2);', [0, 1]],
    [
      'outer: for (const i of [1, 2]) for (const j of [1, 2]) { if (j === 2) continue outer; seen.push(i); }',
      [1, 2],
    ],
    ['const f = () => { for (const k in { a: 1 }) seen.push(k); }; f();', ['a']],
    ['class A { static { for (;;) { seen.push(1); break; } } }', [1]],
  ])('%j means the same with its checks', async (source, expected) => {
    const seen: unknown[] = [];
    await runCell(source, guard(), { seen });
    expect(seen).toEqual(expected);
  });

  it('of the cell let others have the thread, and stop', async () => {
    const abort = new AbortController();
    const running = runCell('while (true) {}', new LoopGuard(abort.signal)) as Promise<unknown>;
    setTimeout(() => abort.abort(), 30);
    await expect(running).rejects.toBeInstanceOf(StoppedError);
  });

  it('of a plain function give up', () => {
    expect(() => runCell('(() => { while (true); })()', guard())).toThrow(RunawayLoopError);
  });
});
