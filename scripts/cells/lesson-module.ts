import { compileCell } from '../../src/notebook/engine/program.ts';
import { cellsBefore } from '../../src/notebook/graph.ts';

/** A cell as a file. */
export interface CellFile {
  readonly name: string;
  /** From the root. */
  readonly path: string;
  readonly source: string;
}

/** The cells of a lesson as one module, and where each of its lines comes from. */
export interface LessonModule {
  readonly code: string;
  /** Of each line, the cell and its line, from 1; undefined where the module is ours. */
  readonly origins: readonly ({ readonly cell: CellFile; readonly line: number } | undefined)[];
}

const HEAD = `import type { Scope } from '../../notebook/library/scope-types.ts';
type Follow<T> = T extends AsyncIterator<infer V, unknown, unknown> ? V : Awaited<T>;
type Outputs<F extends () => unknown> = { readonly [K in keyof Awaited<ReturnType<F>>]: Follow<Awaited<ReturnType<F>>[K]> };
declare function display<T>(value: T): T;
declare function view<T>(control: Element & { value: T }): AsyncGenerator<T, void, undefined>;
declare const invalidation: Promise<void>;
declare const $scope: Scope;`;

/**
 * Cells share names across files, and one reads the *values* of what another defines: of a promise
 * what it resolves to, of an iterator what it yields. So each cell becomes a function that starts by
 * taking what it reads and ends by returning what it defines.
 *
 * @param names every name of the notebook's scope
 */
export function lessonModule(cells: readonly CellFile[], names: readonly string[]): LessonModule {
  const programs = new Map(cells.map((cell) => [cell.name, compileCell(cell.source)]));
  const providers = new Map(
    [...programs].flatMap(([cell, { outputs }]) =>
      outputs.map((output) => [output, cell] as const),
    ),
  );
  const order = [...new Set(cells.flatMap(({ name }) => cellsBefore(programs, name)))];
  const lines = HEAD.split('\n');
  const origins: LessonModule['origins'][number][] = lines.map(() => undefined);
  const add = (text: string, origin?: LessonModule['origins'][number]): void => {
    lines.push(text);
    origins.push(origin);
  };
  order.forEach((name, number) => {
    const cell = cells.find((candidate) => candidate.name === name)!;
    const { inputs, outputs } = programs.get(name)!;
    add(`const $cell${number} = async () => {`);
    for (const input of inputs) {
      const provider = providers.get(input);
      if (provider !== undefined) add(`const { ${input} } = $outputs${order.indexOf(provider)};`);
      else if (names.includes(input)) add(`const { ${input} } = $scope;`);
    }
    cell.source
      .trimEnd()
      .split('\n')
      .forEach((text, i) => add(text, { cell, line: i + 1 }));
    add(`return { ${outputs.join(', ')} };`);
    add('};');
    add(`declare const $outputs${number}: Outputs<typeof $cell${number}>;`);
  });
  add('export {};');
  return { code: lines.join('\n'), origins };
}
