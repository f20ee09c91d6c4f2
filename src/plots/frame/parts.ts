import { select } from 'd3-selection';
import type { LegendEntry, Root } from './types.ts';

/** The elements of a plot. */
export interface Parts {
  readonly element: HTMLElement;
  /** Has the width of the plot and no height: what is drawn can't change it. */
  readonly ruler: HTMLElement;
  readonly legend: HTMLElement;
  readonly tools: HTMLElement;
  readonly stage: HTMLElement;
  /** Holds the picture; wider than the stage where that scrolls. */
  readonly inner: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly svg: Root;
  readonly body: HTMLElement;
  readonly guide: HTMLElement;
  readonly cursor: HTMLElement;
  readonly tip: HTMLElement;
  /** Stands where there is nothing to draw. */
  readonly empty: HTMLElement;
  readonly foot: HTMLElement;
  /** Says to a screen reader what the keys lead to. */
  readonly spoken: HTMLElement;
}

export function buildParts(name: string): Parts {
  const part = (className: string, tag = 'div'): HTMLElement => {
    const made = document.createElement(tag);
    made.className = className;
    return made;
  };
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const parts = {
    element: part(`plot plot-${name}`),
    ruler: part('plot-ruler'),
    legend: part('plot-legend', 'ul'),
    tools: part('plot-tools'),
    stage: part('plot-stage'),
    inner: part('plot-inner'),
    canvas: document.createElement('canvas'),
    svg: select(svg),
    body: part('plot-body'),
    guide: part('plot-guide'),
    cursor: part('plot-cursor'),
    tip: part('plot-tip'),
    empty: part('plot-empty', 'p'),
    foot: part('plot-foot'),
    spoken: part('visually-hidden', 'p'),
  };
  const { element, ruler, legend, tools, stage, inner, canvas, body, guide, cursor, tip, empty } =
    parts;
  const head = part('plot-head');
  head.append(legend, tools);
  guide.hidden = cursor.hidden = tip.hidden = legend.hidden = true;
  inner.ariaHidden = 'true';
  inner.append(canvas, svg, body, empty, guide, cursor, tip);
  stage.append(inner);
  stage.tabIndex = 0;
  stage.role = 'application';
  stage.ariaRoleDescription = 'plot';
  stage.setAttribute('aria-description', 'Arrow keys move from mark to mark.');
  parts.spoken.role = 'status';
  element.append(ruler, head, stage, parts.foot, parts.spoken);
  return parts;
}

/** Fills the legend, unless it says so already. */
export function showLegend(list: HTMLElement, entries: readonly LegendEntry[]): void {
  const state = JSON.stringify(entries);
  if (list.dataset['state'] === state) return;
  list.dataset['state'] = state;
  list.hidden = entries.length === 0;
  list.replaceChildren(
    ...entries.map(({ label, sign, color, ends }) => {
      const item = document.createElement('li');
      const key = document.createElement('span');
      key.className = `plot-key is-${sign}`;
      key.style.setProperty('--color', color);
      if (ends) item.append(`${label} ${ends[0]}`, key, ends[1]);
      else item.append(key, label);
      return item;
    }),
  );
}

/** A button for the tools of a plot. */
export function toolButton(label: string, sign: string, press: () => void): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'plot-tool';
  button.textContent = sign;
  button.ariaLabel = label;
  button.title = label;
  button.addEventListener('click', press);
  return button;
}
