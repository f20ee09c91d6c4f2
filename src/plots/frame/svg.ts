import type { Selection } from 'd3-selection';
import type { Root } from './types.ts';

export type Layer = Selection<SVGGElement, string, SVGElement, unknown>;

/** The group of that name, made on first use; groups lie over each other in the order of their making. */
export function layer(root: Root, name: string): Layer {
  return root
    .selectAll<SVGGElement, string>(`:scope > g.${name}`)
    .data([name])
    .join('g')
    .attr('class', name);
}

/** A piece of text and where it stands. */
export interface Label {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** A CSS colour; by default that of the class. */
  readonly color?: string;
}

/** Texts of one group, updated in place. */
export function labels(
  root: Root,
  name: string,
  items: readonly Label[],
): Selection<SVGTextElement, Label, SVGGElement, string> {
  return layer(root, name)
    .selectAll<SVGTextElement, Label>('text')
    .data(items)
    .join('text')
    .attr('x', ({ x }) => x)
    .attr('y', ({ y }) => y)
    .attr('text-anchor', ({ anchor = 'start' }) => anchor)
    .style('fill', ({ color = null }) => color)
    .text(({ text }) => text);
}

/** How small a text may get, as a share of its size, before it is cut. */
const SMALLEST = 0.75;

/** Makes texts that are wider than their room smaller, and cuts those that would get too small. */
export function fitTexts(
  texts: Selection<SVGTextElement, Label, SVGGElement, string>,
  room: number,
): void {
  texts.style('font-size', null).each(function fit({ text }) {
    const width = this.getComputedTextLength();
    if (width <= room) return;
    const size = Number.parseFloat(getComputedStyle(this).fontSize);
    const share = Math.max(SMALLEST, room / width);
    this.style.fontSize = `${size * share}px`;
    const letters = Math.floor((text.length * room) / (width * share));
    if (letters < text.length) this.textContent = `${text.slice(0, letters - 2)}…${text.at(-1)}`;
  });
}

/** Straight lines of one group, each as x1, y1, x2, y2. */
export function rules(
  root: Root,
  name: string,
  items: readonly (readonly [number, number, number, number])[],
): void {
  layer(root, name)
    .selectAll('line')
    .data(items)
    .join('line')
    .attr('x1', (at) => at[0])
    .attr('y1', (at) => at[1])
    .attr('x2', (at) => at[2])
    .attr('y2', (at) => at[3]);
}
