import type { Neighbour } from './word-vectors.ts';

/** Words that a list of a word in training has. */
export const NEIGHBOURS = 8;

/** 0.93 as “0.93”, −0.5 as “−0.50” */
export const cosineText = (value: number): string =>
  `${value < 0 ? '−' : ''}${Math.abs(value).toFixed(2)}`;

/** Fills a list with neighbours, the nearest first. */
export function showNeighbours(list: Element, neighbours: readonly Neighbour[]): void {
  list.replaceChildren(
    ...neighbours.map(({ word, similarity }) => {
      const item = document.createElement('li');
      const value = document.createElement('span');
      value.textContent = cosineText(similarity);
      item.append(word, ' ', value);
      return item;
    }),
  );
}
