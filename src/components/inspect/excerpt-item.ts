import type { Excerpt } from '../../client/index.ts';
import { whole } from '../lab/format.ts';

/** A list item that shows words of a review, the one that matters in bold. */
export function excerptItem(excerpt: Excerpt, value = ''): HTMLLIElement {
  const { row, label, before, word, after } = excerpt;
  const item = document.createElement('li');
  const strong = document.createElement('strong');
  strong.textContent = word || '▢';
  const words = document.createElement('span');
  words.className = 'excerpt';
  words.append(`… ${before} `, strong, ` ${after} …`);
  const place = document.createElement('span');
  place.className = 'hint';
  const verdict = label === 1 ? 'positive' : 'negative';
  place.textContent = [value, `row ${whole(row)}`, verdict].filter(Boolean).join(' · ');
  item.append(place, words);
  return item;
}
