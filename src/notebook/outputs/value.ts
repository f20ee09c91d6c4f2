import { element } from './element.ts';
import { isListLike, preview } from './preview.ts';

/** Rows of an opened list or object; what is beyond is counted. */
const MOST_ROWS = 50;

/** A value on one line; one that has parts can be opened, and so can they. */
export function showValue(value: unknown): HTMLElement {
  if (typeof value === 'string') return element('p', 'nb-text', value);
  const parts = partsOf(value);
  if (parts.length === 0) return element('code', 'nb-value', preview(value));
  const details = element('details', 'nb-value');
  details.append(element('summary', '', preview(value, 2)));
  details.addEventListener('toggle', () => details.append(showParts(parts)), { once: true });
  return details;
}

function partsOf(value: unknown): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null) return [];
  if (value instanceof Date || value instanceof RegExp || value instanceof Promise) return [];
  if (value instanceof Map) {
    return [...(value as Map<unknown, unknown>)].map(([key, entry]) => [preview(key, 0), entry]);
  }
  if (value instanceof Set)
    return [...(value as Set<unknown>)].map((entry, i) => [String(i), entry]);
  if (isListLike(value)) return Array.from(value, (entry, i) => [String(i), entry]);
  return Object.entries(value);
}

function showParts(parts: readonly (readonly [string, unknown])[]): HTMLElement {
  const list = element('ul', '');
  for (const [name, value] of parts.slice(0, MOST_ROWS)) {
    const shown =
      typeof value === 'string' ? element('code', 'nb-value', preview(value)) : showValue(value);
    list.append(element('li', '', element('span', 'nb-key', `${name}: `), shown));
  }
  const more = parts.length - MOST_ROWS;
  if (more > 0) list.append(element('li', 'nb-more', `… and ${more.toLocaleString('en')} more`));
  return list;
}
