import { sitePath } from '../../base-path.ts';

/** What is used of Pagefind, which the build puts beside the pages. */
interface Pagefind {
  options(options: { baseUrl: string; excerptLength: number }): Promise<void>;
  debouncedSearch(words: string): Promise<{
    readonly results: readonly { data(): Promise<Found> }[];
  } | null>;
}

interface Place {
  readonly url: string;
  /** Escaped, with `<mark>` around what was looked for. */
  readonly excerpt: string;
  readonly title: string;
}

interface Found extends Omit<Place, 'title'> {
  readonly meta: { readonly title: string };
  readonly sub_results: readonly Place[];
}

const MOST_PAGES = 8;
const MOST_PLACES = 3;
const EXCERPT_WORDS = 22;

/** Looks words up and lists where they stand. */
export class SearchResults {
  readonly #list: HTMLElement;
  readonly #said: HTMLElement;
  #pagefind: Promise<Pagefind> | undefined;
  /** A late answer must not replace a newer one. */
  #latest = 0;

  constructor(list: HTMLElement, said: HTMLElement) {
    this.#list = list;
    this.#said = said;
  }

  async show(words: string): Promise<void> {
    const asked = ++this.#latest;
    if (words.trim() === '') return this.#tell('', []);
    let pages: readonly Found[] | undefined;
    try {
      this.#pagefind ??= openIndex();
      const found = await (await this.#pagefind).debouncedSearch(words);
      // Another search has begun meanwhile.
      if (!found) return;
      pages = await Promise.all(found.results.slice(0, MOST_PAGES).map((result) => result.data()));
    } catch {
      this.#pagefind = undefined;
    }
    if (asked !== this.#latest) return;
    if (!pages) {
      return this.#tell('There is no search here: its index is made when the site is built.', []);
    }
    const count = pages.length === 1 ? 'one page' : `${pages.length} pages`;
    this.#tell(pages.length === 0 ? `Nothing about “${words.trim()}”.` : `On ${count}.`, pages);
  }

  #tell(text: string, pages: readonly Found[]): void {
    this.#said.textContent = text;
    this.#list.replaceChildren(...pages.map(showPage));
  }
}

async function openIndex(): Promise<Pagefind> {
  const address = sitePath('/pagefind/pagefind.js');
  const pagefind = (await import(/* @vite-ignore */ address)) as Pagefind;
  await pagefind.options({ baseUrl: sitePath('/'), excerptLength: EXCERPT_WORDS });
  return pagefind;
}

function showPage({ url, excerpt, meta, sub_results: places }: Found): HTMLElement {
  const item = document.createElement('li');
  const parts = places.filter((place) => place.url.includes('#')).slice(0, MOST_PLACES);
  item.append(link(url, meta.title));
  if (parts.length === 0) item.append(passage(excerpt));
  for (const place of parts) {
    const line = link(place.url, place.title);
    line.className = 'part';
    item.append(document.createElement('br'), line, passage(place.excerpt));
  }
  return item;
}

function link(url: string, text: string): HTMLAnchorElement {
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.textContent = text;
  return anchor;
}

function passage(html: string): HTMLParagraphElement {
  const paragraph = document.createElement('p');
  paragraph.innerHTML = html;
  return paragraph;
}
