import { parseJavaScript, transpileJavaScript } from '@observablehq/notebook-kit';
import { simple } from 'acorn-walk';
import type { Node } from 'acorn';
import { transform } from 'sucrase';
import { GUARD, instrumentLoops } from './instrument.ts';

/** A cell's code, ready to run. */
export interface Program {
  /** Names that the cell reads and does not define itself. */
  readonly inputs: readonly string[];
  /** Names that it defines for other cells. */
  readonly outputs: readonly string[];
  /** Whether it is one expression, whose value is shown. */
  readonly expression: boolean;
  /** Parameters of {@link Program.body}: the inputs, and what the loops ask. */
  readonly parameters: readonly string[];
  /** Source of a function that gives the expression's value, or an object of the outputs. */
  readonly body: string;
  /** Lines of {@link Program.body} before the first of the cell. */
  readonly linesBefore: number;
}

/**
 * Compiles a cell: types are stripped, loops get checks, and what it reads and defines is found.
 *
 * @throws SyntaxError with the place as `(line:column)` in its message
 */
export function compileCell(source: string): Program {
  const plain = withoutLastSemicolon(fillBlankStart(stripTypes(source)));
  const { body: tree, expression } = parseJavaScript(plain);
  refuseImports(tree, plain);
  const { body, inputs = [], outputs = [] } = transpileJavaScript(instrumentLoops(plain, tree));
  return {
    inputs: inputs.filter((name) => name !== GUARD),
    outputs,
    expression,
    parameters: inputs,
    body,
    // The kit puts one line for the function before, and one more for an expression's parenthesis.
    linesBefore: expression ? 2 : 1,
  };
}

function stripTypes(source: string): string {
  try {
    return transform(source, {
      transforms: ['typescript'],
      disableESTransforms: true,
      keepUnusedImports: true,
    }).code;
  } catch (error) {
    // Sucrase names itself in front of what is wrong.
    const message = error instanceof Error ? error.message : String(error);
    throw new SyntaxError(message.replace(/^Error transforming[^:]*: /, ''), { cause: error });
  }
}

/** `f(x);` is meant as an expression to look at, however a formatter ends it. */
function withoutLastSemicolon(source: string): string {
  const shorter = source.replace(/;\s*$/, '');
  try {
    return parseJavaScript(shorter).expression ? shorter : source;
  } catch {
    return source;
  }
}

function refuseImports(tree: Node, source: string): void {
  const refuse = ({ start }: Node): never => {
    const line = source.slice(0, start).split('\n').length;
    throw new SyntaxError(
      `A cell can’t import: every name of the notebook is there already. (${line}:0)`,
    );
  };
  simple(tree, { ImportDeclaration: refuse, ImportExpression: refuse });
}

/** The kit would cut blank lines off the start, and every line after them would move. */
function fillBlankStart(source: string): string {
  return source.replace(/^(?:[^\S\n]*\n)+/, (blank) => '//\n'.repeat(blank.split('\n').length - 1));
}
