/** All that is heavy about running cells, loaded with the first run. */
import type { Cell } from './cell.ts';
import { Engine } from './engine/engine.ts';
import { describeFailure } from './engine/error-place.ts';
import { yieldToEvents } from '../core/yield-to-events.ts';
import type { Program } from './engine/program.ts';
import { cellsBefore, definedTwice } from './graph.ts';
import { scope } from './library/scope.ts';
import { CellOutput } from './outputs/cell-output.ts';

/** Compiles cells, starts them in the engine and shows what comes of it. */
export class Workbench {
  readonly #cells: ReadonlyMap<string, Cell>;
  readonly #engine = new Engine(scope);
  readonly #outputs: ReadonlyMap<string, CellOutput>;

  constructor(cells: ReadonlyMap<string, Cell>) {
    this.#cells = cells;
    this.#outputs = new Map([...cells].map(([name, cell]) => [name, new CellOutput(cell)]));
  }

  /** Starts cells, and before them what they need that is stale or has no value. */
  async run(wanted: readonly Cell[], stale: ReadonlySet<string>): Promise<void> {
    const programs = await this.#compile(wanted);
    const twice = definedTwice(programs);
    const names = new Set(wanted.map(({ name }) => name));
    for (const { name } of wanted) {
      for (const needed of cellsBefore(programs, name)) {
        const { state } = this.#cells.get(needed)!;
        const settled = state.value === 'done' || state.value === 'running';
        if (!settled || stale.has(needed)) names.add(needed);
      }
    }
    for (const name of names) {
      const program = programs.get(name);
      const cell = this.#cells.get(name)!;
      if (!program) continue;
      if (twice?.by.includes(name)) {
        const other = twice.by.find((candidate) => candidate !== name)!;
        this.#fail(
          cell,
          `${twice.output} is defined in the cell ${other} too. Give one of them another name.`,
        );
        continue;
      }
      cell.ran.value = { text: cell.text.value, inputs: program.inputs, outputs: program.outputs };
      this.#engine.start(name, program, this.#outputs.get(name)!);
      cell.state.value = 'waiting';
    }
  }

  stop(name: string): void {
    this.#engine.stop(name);
  }

  /** Forgets a cell's run and clears what it has shown. */
  remove(cell: Cell): void {
    this.#engine.remove(cell.name);
    this.#outputs.get(cell.name)!.clear();
    cell.ran.value = undefined;
    cell.failure.value = undefined;
    cell.state.value = 'new';
  }

  /**
   * The programs of all cells that can be read; a fault is told where a cell was to run. The page
   * gets its turn between the compilers' arrival and each cell.
   */
  async #compile(wanted: readonly Cell[]): Promise<Map<string, Program>> {
    const { compileCell } = await import('./engine/program.ts');
    const programs = new Map<string, Program>();
    for (const [name, cell] of this.#cells) {
      await yieldToEvents();
      try {
        programs.set(name, compileCell(cell.text.value));
      } catch (error) {
        if (!wanted.includes(cell)) continue;
        const failure = describeFailure(error, name);
        cell.ran.value = { text: cell.text.value, inputs: [], outputs: [] };
        this.#engine.remove(name);
        this.#outputs.get(name)!.failed(failure);
      }
    }
    return programs;
  }

  #fail(cell: Cell, message: string): void {
    cell.ran.value = { text: cell.text.value, inputs: [], outputs: [] };
    this.#engine.remove(cell.name);
    this.#outputs.get(cell.name)!.failed({ message });
  }
}
