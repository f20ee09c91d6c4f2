import { findColumns } from './columns.ts';
import type { ParsedSource } from './source.ts';
import { SourceCollector, SourceError } from './source.ts';

/**
 * Reads reviews from a JSON array of objects with the keys of a table (see `parseTable`).
 *
 * @throws SourceError when the text is no JSON array or no element is usable.
 */
export function parseJson(text: string): ParsedSource {
  let items: unknown;
  try {
    items = JSON.parse(text);
  } catch (error) {
    throw new SourceError(`The input is not valid JSON: ${messageOf(error)}`, { cause: error });
  }
  if (!Array.isArray(items)) {
    throw new SourceError('The JSON input must be an array of objects, one per review.');
  }
  const collector = new SourceCollector();
  items.forEach((item: unknown, i) => addItem(collector, `item ${i + 1}`, item));
  return collector.finish();
}

/**
 * Reads reviews from JSON Lines: one object per line, with the keys of a table (see `parseTable`).
 * Blank lines are skipped.
 *
 * @throws SourceError when no line is usable.
 */
export function parseJsonLines(text: string): ParsedSource {
  const collector = new SourceCollector();
  text.split('\n').forEach((line, i) => {
    if (line.trim() === '') return;
    const where = `line ${i + 1}`;
    let item: unknown;
    try {
      item = JSON.parse(line);
    } catch (error) {
      collector.addUnreadable(where, `not valid JSON: ${messageOf(error)}`);
      return;
    }
    addItem(collector, where, item);
  });
  return collector.finish();
}

function addItem(collector: SourceCollector, where: string, item: unknown): void {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    collector.addUnreadable(where, 'not an object');
    return;
  }
  const keys = Object.keys(item);
  const values: readonly unknown[] = Object.values(item);
  const { text, label, split } = findColumns(keys);
  if (text === undefined || label === undefined) {
    const missing = text === undefined ? '"review" or "text"' : '"sentiment" or "label"';
    collector.addUnreadable(where, `no key ${missing}, only ${keys.join(', ') || 'none'}`);
    return;
  }
  collector.add(where, {
    text: values[text],
    label: values[label],
    split: split === undefined ? undefined : values[split],
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
