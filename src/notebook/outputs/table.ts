import { element } from './element.ts';
import { preview } from './preview.ts';

const MOST_ROWS = 100;
const MOST_COLUMNS = 12;

type Row = Readonly<Record<string, unknown>>;

/** Whether a value is a list of plain records, which reads best as a table. */
export function isTable(value: unknown): value is readonly Row[] {
  return Array.isArray(value) && value.length > 0 && value.every(isRecord);
}

function isRecord(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype &&
    Object.keys(value).length > 0
  );
}

/** Records as rows, in a frame that scrolls. */
export function showTable(rows: readonly Row[]): HTMLElement {
  const columns = [...new Set(rows.slice(0, MOST_ROWS).flatMap((row) => Object.keys(row)))].slice(
    0,
    MOST_COLUMNS,
  );
  const table = element('table', 'nb-table');
  const head = table.createTHead().insertRow();
  for (const column of columns) {
    const cell = element('th', '', column);
    cell.scope = 'col';
    head.append(cell);
  }
  const body = table.createTBody();
  for (const row of rows.slice(0, MOST_ROWS)) {
    const line = body.insertRow();
    for (const column of columns) {
      const cell = line.insertCell();
      const value = row[column];
      cell.className = typeof value === 'number' ? 'number' : '';
      cell.textContent = cellText(value);
    }
  }
  const frame = element('div', 'nb-scroll', table);
  frame.tabIndex = 0;
  frame.setAttribute('role', 'region');
  frame.setAttribute('aria-label', `Table, ${rows.length} rows`);
  if (rows.length <= MOST_ROWS) return frame;
  const rest = `The first ${MOST_ROWS} of ${rows.length.toLocaleString('en')} rows.`;
  return element('div', '', frame, element('p', 'hint', rest));
}

function cellText(value: unknown): string {
  if (typeof value === 'number') return value.toLocaleString('en', { maximumFractionDigits: 4 });
  if (typeof value === 'string') return value.length > 200 ? `${value.slice(0, 200)}…` : value;
  return value === undefined ? '' : preview(value, 1);
}
