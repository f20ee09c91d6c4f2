import { compute } from '../../client/index.ts';
import type { SearchResult } from '../../client/index.ts';
import { messageOf, whole } from '../lab/format.ts';
import { excerptItem } from './excerpt-item.ts';

/** Reviews that a search lists. */
const MOST = 12;

interface Parts {
  readonly query: HTMLInputElement;
  readonly search: HTMLElement;
  readonly searchAll: HTMLElement;
  readonly said: HTMLElement;
  readonly list: HTMLElement;
}

/** Finds reviews by their words, and tells which one is chosen. */
export function reviewSearch(
  { query, search, searchAll, said, list }: Parts,
  signal: AbortSignal,
  choose: (row: number) => void,
): void {
  let latest = 0;
  const find = async (prepare: () => Promise<unknown>): Promise<void> => {
    const asked = ++latest;
    if (query.value.trim() === '') {
      said.textContent = 'Write a word, or several that stand in one review.';
      return;
    }
    said.textContent = 'Searching …';
    try {
      await prepare();
      const result = await compute.call('searchReviews', { query: query.value, most: MOST });
      if (asked === latest) show(result);
    } catch (error) {
      if (asked === latest) said.textContent = messageOf(error);
    }
  };
  const show = (result: SearchResult): void => {
    said.textContent = describe(result);
    searchAll.hidden = result.searched === result.total;
    list.replaceChildren(
      ...result.found.map((found) => {
        const item = excerptItem(found, `${whole(found.words)} words · ${found.split}`);
        const button = document.createElement('button');
        button.type = 'button';
        button.append(...item.childNodes);
        button.addEventListener('click', () => choose(found.row));
        item.append(button);
        return item;
      }),
    );
  };
  search.addEventListener('click', () => void find(async () => {}), { signal });
  searchAll.addEventListener('click', () => void find(() => compute.call('load', {})), { signal });
  query.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      void find(async () => {});
    },
    { signal },
  );
}

function describe({ found, searched, total, unknown }: SearchResult): string {
  if (unknown.length > 0) {
    return `No review of all ${whole(total)} has the word “${unknown.join('”, nor “')}”.`;
  }
  const where = searched === total ? `all ${whole(total)}` : `the ${whole(searched)} loaded`;
  if (found.length === 0) return `None of ${where} reviews has these words.`;
  const first = found.length === MOST ? 'The first ' : '';
  return `${first}${found.length} of ${where} reviews. Choose one.`;
}
