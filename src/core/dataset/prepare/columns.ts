import { SourceError } from './source.ts';

/** Names under which a table may hold each value, in order of preference; case is ignored. */
const NAMES = {
  text: ['review', 'text'],
  label: ['sentiment', 'label'],
  split: ['split'],
} as const;

/** Positions of a table's columns, or of an object's keys; undefined where there is none. */
export type Columns = Readonly<Record<keyof typeof NAMES, number | undefined>>;

/** Finds the columns by their names. */
export function findColumns(header: readonly string[]): Columns {
  const known = header.map((name) => name.trim().toLowerCase());
  const find = (names: readonly string[]): number | undefined =>
    names.map((name) => known.indexOf(name)).find((at) => at >= 0);
  return { text: find(NAMES.text), label: find(NAMES.label), split: find(NAMES.split) };
}

/**
 * Finds the columns of a table by its header.
 *
 * @throws SourceError naming the columns found, when the text or the label has none.
 */
export function requireColumns(header: readonly string[]): Columns {
  const columns = findColumns(header);
  if (columns.text === undefined || columns.label === undefined) {
    throw new SourceError(
      'The table needs a column "review" or "text" and a column "sentiment" or "label"; ' +
        `found: ${header.map((name) => `"${name}"`).join(', ') || 'none'}.`,
    );
  }
  return columns;
}
