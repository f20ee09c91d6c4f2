import { dirname, join } from 'node:path';
import ts from 'typescript';
import { lessonModule } from './lesson-module.ts';
import type { CellFile, LessonModule } from './lesson-module.ts';

/** A fault in a cell. */
export interface CellFault {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/**
 * Checks the types of a lesson's cells, as one module that stands beside the lesson but on no disk.
 *
 * @param root the repository
 * @param lesson the lesson's folder, from the root
 */
export function checkLesson(
  root: string,
  lesson: string,
  cells: readonly CellFile[],
  names: readonly string[],
): CellFault[] {
  const module = lessonModule(cells, names);
  const path = join(root, lesson, '$cells.ts');
  const program = ts.createProgram(
    [path, join(root, 'src/notebook/untyped.d.ts')],
    optionsOf(root),
    hostWith(path, module, optionsOf(root)),
  );
  const source = program.getSourceFile(path)!;
  return [
    ...program.getSyntacticDiagnostics(source),
    ...program.getSemanticDiagnostics(source),
  ].map((fault) => faultOf(fault, source, module, lesson));
}

function optionsOf(root: string): ts.CompilerOptions {
  const file = join(root, 'tsconfig.json');
  const { config } = ts.readConfigFile(file, ts.sys.readFile) as { config: { include?: unknown } };
  const { options } = ts.parseJsonConfigFileContent(
    { ...config, include: [], files: ['package.json'] },
    ts.sys,
    dirname(file),
  );
  // A cell may be an expression, and every name it defines is for others.
  return { ...options, noUnusedLocals: false, noEmit: true, types: ['node'] };
}

function hostWith(
  path: string,
  { code }: LessonModule,
  options: ts.CompilerOptions,
): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.fileExists = (file) => file === path || fileExists(file);
  host.readFile = (file) => (file === path ? code : readFile(file));
  const { getSourceFile } = host;
  host.getSourceFile = (file, ...rest) =>
    file === path ? ts.createSourceFile(file, code, rest[0]) : getSourceFile(file, ...rest);
  return host;
}

function faultOf(
  { start = 0, messageText }: ts.Diagnostic,
  source: ts.SourceFile,
  { origins }: LessonModule,
  lesson: string,
): CellFault {
  const { line, character } = source.getLineAndCharacterOfPosition(start);
  const origin = origins[line];
  const message = ts.flattenDiagnosticMessageText(messageText, '\n');
  return origin
    ? { path: origin.cell.path, line: origin.line, column: character + 1, message }
    : { path: `${lesson} (between its cells)`, line: line + 1, column: character + 1, message };
}
