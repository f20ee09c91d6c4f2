import type { Plot } from '../../plots/frame/types.ts';
import type { Inspection } from './inspection.ts';

/** What a panel of an inspector is given to work with. */
export interface PanelHost {
  readonly inspection: Inspection;
  readonly signal: AbortSignal;
  /** The descendant marked `data-part="name"`. */
  find<E extends Element = HTMLElement>(name: string): E;
  /** Runs now, and after each change of a signal that it reads. */
  watch(render: () => void): void;
}

/** Places a plot in a panel; it goes with the panel. */
export function place<Data>(
  { find, signal }: PanelHost,
  part: string,
  plot: Plot<Data>,
): Plot<Data> {
  find(part).append(plot.element);
  signal.addEventListener('abort', () => plot.destroy());
  return plot;
}

/** Fills a select, unless it has these options already, and chooses one. */
export function offer(
  select: HTMLSelectElement,
  options: readonly (readonly [value: string, label: string])[],
  chosen: string,
): void {
  const state = JSON.stringify(options);
  if (select.dataset['state'] !== state) {
    select.dataset['state'] = state;
    select.replaceChildren(...options.map(([value, label]) => new Option(label, value)));
  }
  if (select.value !== chosen) select.value = chosen;
}
