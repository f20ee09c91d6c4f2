import { requireColumns } from './columns.ts';
import type { ParsedSource } from './source.ts';
import { SourceCollector, SourceError } from './source.ts';

/** One record of a CSV file, with the line on which it starts (from 1). */
export interface TableRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * Reads reviews from a table whose first record is the header: columns `review` or `text`,
 * `sentiment` or `label`, and perhaps `split`; other columns are ignored.
 *
 * @throws SourceError when a column is missing (it names those found) or no record is usable.
 */
export function parseTable(records: readonly TableRecord[]): ParsedSource {
  const [header, ...body] = records;
  if (header === undefined) throw new SourceError('The table is empty: it has no header.');
  const columns = requireColumns(header.fields);
  const collector = new SourceCollector();
  for (const { line, fields } of body) {
    const where = `line ${line}`;
    if (fields.length !== header.fields.length) {
      collector.addUnreadable(
        where,
        `${fields.length} columns instead of the header's ${header.fields.length}`,
      );
      continue;
    }
    const at = (column: number | undefined): string | undefined =>
      column === undefined ? undefined : fields[column];
    collector.add(where, {
      text: at(columns.text),
      label: at(columns.label),
      split: at(columns.split),
    });
  }
  return collector.finish();
}
