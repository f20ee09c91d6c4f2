import { Runtime, RuntimeError } from '@observablehq/runtime';
import type { Module, Variable } from '@observablehq/runtime';
import { CellRun } from './cell-run.ts';
import type { CellListener } from './cell-run.ts';
import { describeFailure } from './error-place.ts';
import type { Failure } from './error-place.ts';
import { StoppedError } from './guard.ts';
import { evaluate } from './evaluate.ts';
import type { Program } from './program.ts';

/** How a run of a cell went, and the values of what it defines as they come. */
export interface EngineListener extends CellListener {
  /** The value of a cell that is one expression; an iterator gives several. */
  value(value: unknown): void;
  /** The value of a name that the cell defines. */
  defined(name: string, value: unknown): void;
  finished(): void;
  stopped(): void;
  failed(failure: Failure): void;
}

/** A cell as it last ran. */
interface LiveCell {
  readonly variable: Variable;
  readonly outputs: Map<string, Variable>;
  readonly listener: EngineListener;
  run: CellRun | undefined;
}

/** The cells that have run and what depends on what, on Observable's runtime. */
export class Engine {
  readonly #runtime: Runtime;
  readonly #module: Module;
  readonly #cells = new Map<string, LiveCell>();

  /** @param builtins by name: a value, or a function that gives it or a promise of it */
  constructor(builtins: Readonly<Record<string, unknown>>) {
    this.#runtime = new Runtime(builtins);
    this.#module = this.#runtime.module();
  }

  /**
   * Runs a cell when what it reads is there, then every cell that has run and reads what it defines.
   * Cells that are started together run in the order of their names' dependencies.
   *
   * @throws SyntaxError if the program can't be evaluated
   */
  start(name: string, program: Program, listener: EngineListener): void {
    this.remove(name);
    const code = evaluate(name, program);
    const tell = observerOf(name, program, listener);
    const cell: LiveCell = {
      variable: this.#module.variable(tell),
      outputs: new Map(),
      listener,
      run: undefined,
    };
    this.#cells.set(name, cell);
    cell.variable.define(`cell ${name}`, inputsFromOutside(program), (...values) => {
      cell.run?.end();
      const run = (cell.run = new CellRun(listener));
      const given = inputsFromOutside(program);
      return run.watch(() =>
        code(...program.parameters.map((key) => run.own[key] ?? values[given.indexOf(key)])),
      );
    });
    for (const output of program.outputs) {
      const watcher = {
        fulfilled: (value: unknown) => listener.defined(output, value),
        rejected: tell.rejected,
      };
      const variable = this.#module.variable(watcher);
      variable.define(
        output,
        [`cell ${name}`],
        (values) => (values as Record<string, unknown>)[output],
      );
      cell.outputs.set(output, variable);
    }
  }

  /** Ends the cell's run, if it is at work. What it has shown stays. */
  stop(name: string): void {
    const cell = this.#cells.get(name);
    if (!cell?.run?.busy) return;
    cell.run.end();
    cell.listener.stopped();
  }

  /** Forgets a cell: its names are undefined again. */
  remove(name: string): void {
    const cell = this.#cells.get(name);
    if (!cell) return;
    cell.run?.end();
    this.#cells.delete(name);
    cell.variable.delete();
    for (const variable of cell.outputs.values()) variable.delete();
  }
}

/** Names that come from other cells or from the notebook, not from the run itself. */
function inputsFromOutside({ inputs }: Program): string[] {
  return inputs.filter((name) => name !== 'display' && name !== 'view');
}

function observerOf(name: string, program: Program, listener: EngineListener) {
  return {
    fulfilled(value: unknown): void {
      if (program.expression) listener.value(value);
      listener.finished();
    },
    rejected(error: unknown): void {
      // Whoever stopped it knows, and a cell that failed has told already.
      const told = error instanceof RuntimeError && error.input === `cell ${name}`;
      if (told || error instanceof StoppedError) return;
      listener.failed(
        error instanceof RuntimeError
          ? { message: blame(error) }
          : describeFailure(error, name, program.linesBefore),
      );
    },
  };
}

/** The runtime wraps errors of what a cell reads. */
function blame({ message, input }: RuntimeError): string {
  if (!input || message === `${input} is not defined` || message === 'circular definition') {
    return message;
  }
  return `It needs ${input}, which has no value: ${message}`;
}
