import docs from './api-docs.json';

/** What completion and hover say about a name. */
export interface ApiDoc {
  readonly signature: string;
  readonly text: string;
  readonly members?: Readonly<Record<string, ApiDoc>>;
}

/** The names that cells find, by name. */
export const apiDocs: Readonly<Record<string, ApiDoc>> = docs;

/** The entry for a path such as `imdb.load`. */
export function docFor(path: string): ApiDoc | undefined {
  const [name = '', member] = path.split('.');
  const doc = Object.hasOwn(apiDocs, name) ? apiDocs[name] : undefined;
  return member === undefined ? doc : doc?.members?.[member];
}
