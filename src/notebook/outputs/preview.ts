const MOST_CHARACTERS = 60;
const MOST_ITEMS = 8;

/** A value in a few words, on one line. */
export function preview(value: unknown, depth = 1): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'symbol') return value.toString();
  if (typeof value === 'function') return describeFunction(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof RegExp) return String(value);
  if (value instanceof Map) return `Map(${value.size})`;
  if (value instanceof Set) return `Set(${value.size})`;
  if (value instanceof Promise) return 'Promise';
  if (isListLike(value)) return previewList(value, depth);
  return previewObject(value, depth);
}

/** Arrays and typed arrays. */
export function isListLike(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/** The name of its class; empty for plain objects. */
export function className(value: object): string {
  const name = (value.constructor as { name?: string } | undefined)?.name ?? '';
  return name === 'Object' ? '' : name;
}

function quote(text: string): string {
  const short = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
  return JSON.stringify(short);
}

function describeFunction(value: { readonly name?: string }): string {
  return value.name ? `function ${value.name}` : 'function';
}

function previewList(list: ArrayLike<unknown>, depth: number): string {
  const head = `${className(list)}(${list.length})`;
  if (depth === 0) return head;
  const shown = Array.from({ length: Math.min(MOST_ITEMS, list.length) }, (_, i) =>
    preview(list[i], depth - 1),
  );
  return `${head} [${[...shown, ...(list.length > MOST_ITEMS ? ['…'] : [])].join(', ')}]`;
}

function previewObject(value: object, depth: number): string {
  const name = className(value);
  if (depth === 0) return name || '{…}';
  const entries = Object.entries(value);
  const shown = entries
    .slice(0, MOST_ITEMS)
    .map(([key, entry]) => `${key}: ${preview(entry, depth - 1)}`);
  const inside = [...shown, ...(entries.length > MOST_ITEMS ? ['…'] : [])].join(', ');
  return `${name ? `${name} ` : ''}{${inside}}`;
}
