import type { Table } from './types.ts';

/** Longer tables show every n-th row: enough to read, and quick to build. */
const MOST_ROWS = 200;
/** Milliseconds between two states of an open table while data streams in. */
const PAUSE = 500;

/** A table below the picture, filled when the reader opens it. */
export class DataTable {
  readonly element = document.createElement('details');
  readonly #read: () => Table;
  readonly #scroll = document.createElement('div');
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(title: string, read: () => Table, signal: AbortSignal) {
    this.#read = read;
    this.element.className = 'plot-data';
    const summary = document.createElement('summary');
    summary.textContent = 'Data as a table';
    this.#scroll.className = 'plot-rows';
    this.#scroll.tabIndex = 0;
    this.#scroll.role = 'region';
    this.#scroll.ariaLabel = title;
    this.element.append(summary, this.#scroll);
    this.element.addEventListener('toggle', () => this.#fill(), { signal });
    signal.addEventListener('abort', () => clearTimeout(this.#timer));
  }

  /** The data has changed. */
  refresh(): void {
    if (!this.element.open || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#fill();
    }, PAUSE);
  }

  #fill(): void {
    if (!this.element.open) return;
    const { header, rows } = this.#read();
    const table = document.createElement('table');
    const head = table.createTHead().insertRow();
    head.append(...header.map((name) => heading(name, 'col')));
    const body = table.createTBody();
    const stride = Math.ceil(rows.length / MOST_ROWS);
    for (const [name, ...cells] of rows.filter((_, i) => i % stride === 0)) {
      const row = body.insertRow();
      row.append(heading(name ?? '', 'row'));
      for (const cell of cells) row.insertCell().textContent = cell;
    }
    this.#scroll.replaceChildren(table);
    if (stride === 1) return;
    const note = document.createElement('p');
    note.textContent = `One row in ${stride} of ${rows.length}.`;
    this.#scroll.prepend(note);
  }
}

function heading(text: string, scope: 'col' | 'row'): HTMLElement {
  const cell = document.createElement('th');
  cell.scope = scope;
  cell.textContent = text;
  return cell;
}
