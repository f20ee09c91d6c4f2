import { computed, signal } from '@preact/signals-core';
import { Cell } from './cell.ts';
import { cellsBehind } from './graph.ts';
import { atWork, bringBack, keep } from './keep.ts';
import { Notices } from './notices.ts';
import { describeOutcome, settled } from './outcome.ts';
import { collectState, receiveState } from './share/state.ts';
import { packState, unpackState } from './share/permalink.ts';
import type { Workbench } from './workbench.ts';

/** Changes are kept after this many milliseconds without another one, and before each run. */
const KEEP_AFTER = 400;

/** The cells of one lesson. Nothing heavy loads before the first run. */
export class Notebook {
  readonly lesson: string;
  readonly cells = new Map<string, Cell>();
  readonly notices = new Notices();
  /** Said to screen readers. */
  readonly said = signal('');
  /** Cells are at work. */
  readonly busy = computed(() => atWork(this.cells).length > 0);
  /** Cells that show what is no longer so: changed ones, and all that read from them. */
  readonly stale = computed(() => {
    const ran = new Map(
      [...this.cells].flatMap(([name, { ran: last }]) => (last.value ? [[name, last.value]] : [])),
    );
    const changed = [...this.cells.values()].filter((cell) => cell.changed).map(({ name }) => name);
    return cellsBehind(ran, changed);
  });
  #workbench: Promise<Workbench> | undefined;
  #keeping: ReturnType<typeof setTimeout> | undefined;

  constructor(lesson: string) {
    this.lesson = lesson;
  }

  /** Adds a cell, in the order of the lesson. */
  add(name: string, original: string): Cell {
    const cell = new Cell(name, original);
    this.cells.set(name, cell);
    return cell;
  }

  /** Brings back what was kept and shows what the link brings. Nothing is run. */
  async open(hash: string): Promise<void> {
    try {
      const running = await bringBack(this.lesson, this.cells);
      if (running.length > 0) {
        this.notices.tell(
          `The page was closed while ${running.join(', ')} ran. Your code is as you left it, and nothing has run again.`,
        );
      }
    } catch (error) {
      this.notices.tell(messageOf(error), true);
    }
    await this.openLink(hash);
  }

  /** Shows the code of a link beside the reader's. It becomes a cell's when the reader runs it. */
  async openLink(hash: string): Promise<void> {
    try {
      const state = await unpackState(hash, [...this.cells.keys()]);
      if (!state) return;
      const proposals = receiveState(state, this.cells);
      if (proposals > 0) {
        this.notices.tell(
          `This link brings changed code for ${proposals === 1 ? 'a cell' : `${proposals} cells`}. ` +
            'None of it has run: compare, and run what you trust.',
        );
      }
    } catch (error) {
      this.notices.tell(
        `The notebook in this link can’t be read: ${messageOf(error)}. The lesson and your own changes are as they were.`,
        true,
      );
    }
  }

  /** Changes a cell's code. */
  edit(cell: Cell, text: string): void {
    if (text === cell.text.value) return;
    cell.text.value = text;
    clearTimeout(this.#keeping);
    this.#keeping = setTimeout(() => void this.#keep(), KEEP_AFTER);
  }

  /** Runs a cell, and what it needs if that has changed or never run. What a link brought becomes its code. */
  async run(cell: Cell): Promise<void> {
    this.#adopt(cell);
    await this.#runCells([cell]);
  }

  runAll(): Promise<void> {
    return this.#runCells([...this.cells.values()]);
  }

  /** Stops a cell, or every one. */
  async stop(cell?: Cell): Promise<void> {
    const bench = await this.#workbench;
    for (const { name } of cell ? [cell] : this.cells.values()) bench?.stop(name);
  }

  /** Gives a cell the lesson's code again. The reader's stays within reach. */
  reset(cell: Cell): void {
    this.#replace(cell, cell.original);
    cell.proposal.value = undefined;
    void this.#keep();
    this.#say(`${cell.name} has the lesson’s code again.`);
  }

  /** Gives every cell the lesson's code again and clears what they have shown. */
  async resetAll(): Promise<void> {
    const bench = await this.#workbench;
    for (const cell of this.cells.values()) {
      bench?.remove(cell);
      this.#replace(cell, cell.original);
      cell.proposal.value = undefined;
    }
    await this.#keep();
    this.#say('Every cell has the lesson’s code again.');
  }

  /** Leaves the link's code alone. */
  dismiss(cell: Cell): void {
    cell.proposal.value = undefined;
  }

  /** Brings the draft back that a reset or a link has replaced. */
  bringBackDraft(cell: Cell): void {
    const draft = cell.replaced.value;
    if (draft === undefined) return;
    cell.replaced.value = cell.edited.value ? cell.text.value : undefined;
    this.edit(cell, draft);
  }

  /** A hash that holds every change. */
  share(): Promise<string> {
    return packState(collectState(this.cells));
  }

  async #runCells(cells: readonly Cell[]): Promise<void> {
    const names = cells.map(({ name }) => name).join(', ');
    this.#say(`Running ${names} …`);
    for (const cell of cells) cell.state.value = 'waiting';
    try {
      // Kept first: what runs now may take the page with it.
      await this.#keep();
      this.#workbench ??= import('./workbench.ts').then(
        ({ Workbench: Bench }) => new Bench(this.cells),
      );
      const bench = await this.#workbench;
      await bench.run(cells, this.stale.value);
      await Promise.all(cells.map(settled));
      // What they define comes a moment later.
      await new Promise((resolve) => requestAnimationFrame(resolve));
      this.#say(cells.map(describeOutcome).join(' '));
    } catch (error) {
      this.#workbench = undefined;
      for (const cell of cells) cell.state.value = 'new';
      this.notices.tell(
        `The notebook could not be loaded: ${messageOf(error)} Run it again.`,
        true,
      );
    } finally {
      await this.#keep();
    }
  }

  #adopt(cell: Cell): void {
    if (cell.proposal.value === undefined) return;
    this.#replace(cell, cell.proposal.value);
    cell.proposal.value = undefined;
  }

  #replace(cell: Cell, text: string): void {
    if (cell.edited.value && cell.text.value !== text) cell.replaced.value = cell.text.value;
    cell.text.value = text;
  }

  async #keep(): Promise<void> {
    clearTimeout(this.#keeping);
    try {
      await keep(this.lesson, this.cells);
    } catch (error) {
      this.notices.tell(messageOf(error), true);
    }
  }

  #say(text: string): void {
    this.said.value = text;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
