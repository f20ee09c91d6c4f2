import bibliography from '../../lessons/bibliography.json';
import glossary from '../../lessons/glossary.json';

/** A source, as the bibliography shows it. */
export interface Source {
  /** All authors in full, the last two joined by “and”. */
  readonly authors: string;
  readonly year: number;
  readonly title: string;
  /** Where it was published: journal or proceedings, volume, pages. */
  readonly where: string;
  readonly url?: string;
}

/** A term of the field, said in a sentence or two. */
export interface Definition {
  readonly name: string;
  readonly text: string;
}

/** @throws Error if the bibliography lacks the key */
export const sourceOf = (key: string): Source =>
  lookUp<Source>(bibliography, key, 'source', 'src/lessons/bibliography.json');

/** @throws Error if the glossary lacks the id */
export const definitionOf = (id: string): Definition =>
  lookUp<Definition>(glossary, id, 'term', 'src/lessons/glossary.json');

/** Every term of the glossary by its name, in the order of the alphabet. */
export function allDefinitions(): (Definition & { readonly id: string })[] {
  return Object.entries<Definition>(glossary)
    .map(([id, definition]) => ({ id, ...definition }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}

function lookUp<T>(table: Readonly<Record<string, T>>, key: string, what: string, file: string): T {
  const found = Object.hasOwn(table, key) ? table[key] : undefined;
  if (found === undefined) {
    const known = Object.keys(table).join(', ');
    throw new Error(`There is no ${what} “${key}” in ${file}. It has: ${known}.`);
  }
  return found;
}
