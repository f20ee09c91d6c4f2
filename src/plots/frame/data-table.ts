import type { Table } from './types.ts';

/** Longer tables show every n-th row: enough to read, and quick to build. */
const MOST_ROWS = 200;
/** Milliseconds between two states of an open table while data streams in. */
const PAUSE = 500;
/** Cells that are made in one go: wide tables would hold the page. */
const SLICE = 1500;

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
    const stride = Math.max(1, Math.ceil(rows.length / MOST_ROWS));
    const shown = rows.filter((_, i) => i % stride === 0);
    this.#scroll.replaceChildren(table);
    if (stride > 1) {
      const note = document.createElement('p');
      note.textContent = `One row in ${stride} of ${rows.length}.`;
      this.#scroll.prepend(note);
    }
    const most = Math.max(1, Math.floor(SLICE / Math.max(1, header.length)));
    addRows(body, shown, most);
  }
}

/** Adds rows, at most so many in a task. A table that was replaced meanwhile needs no more. */
function addRows(body: HTMLTableSectionElement, rows: Table['rows'], most: number): void {
  for (const [name, ...cells] of rows.slice(0, most)) {
    const row = body.insertRow();
    row.append(heading(name ?? '', 'row'));
    for (const cell of cells) row.insertCell().textContent = cell;
  }
  if (rows.length <= most) return;
  setTimeout(() => {
    if (body.isConnected) addRows(body, rows.slice(most), most);
  });
}

function heading(text: string, scope: 'col' | 'row'): HTMLElement {
  const cell = document.createElement('th');
  cell.scope = scope;
  cell.textContent = text;
  return cell;
}
