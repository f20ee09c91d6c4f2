import type { RaceProgress, RacerProgress } from '../../client/index.ts';
import { lossCurves } from './curves.ts';
import { element } from './element.ts';
import { percent } from './progress.ts';

const COLORS = [
  'var(--layer-lstm)',
  'var(--layer-simple-rnn)',
  'var(--layer-gru)',
  'var(--gate-forget)',
];
const COLUMNS = ['Model', 'Step', 'Loss', 'Accuracy', 'Held out', ''];

/** How a race stands: a bar, a table of the models, their losses as curves. */
export function showRace(race: RaceProgress): HTMLElement {
  const { state, step, steps, models } = race;
  const bar = element('progress', '');
  bar.value = steps === 0 ? 0 : step / steps;
  bar.setAttribute('aria-label', 'Race');
  const head = element('thead', '', rowOf('th', COLUMNS));
  const body = element('tbody', '', ...models.map((model, i) => row(model, COLORS[i])));
  const curves = lossCurves(
    models.map(({ name, history }, i) => ({
      name,
      color: COLORS[i],
      losses: history.map((event) => [event.step, event.recent.loss] as const),
    })),
    steps,
  );
  return element(
    'div',
    'nb-progress',
    element('p', 'nb-progress-state', STATES[state]),
    bar,
    element('div', 'nb-scroll', element('table', 'nb-table', head, body)),
    ...curves,
  );
}

const STATES: Readonly<Record<RaceProgress['state'], string>> = {
  loading: 'Getting ready: reviews, engine, weights …',
  racing: 'Training side by side in the worker …',
  finished: 'The race is over.',
  stopped: 'Stopped.',
};

function row(model: RacerProgress, color = 'currentColor'): HTMLTableRowElement {
  const { name, step, loss, accuracy, validation, failure } = model;
  const made = rowOf('td', [
    name,
    String(step),
    loss?.toFixed(3) ?? '–',
    accuracy === undefined ? '–' : percent(accuracy),
    validation ? percent(validation.accuracy) : '–',
    failure ? `diverged at step ${failure.step}` : '',
  ]);
  (made.firstElementChild as HTMLElement).style.color = color;
  return made;
}

const rowOf = (tag: 'th' | 'td', texts: readonly string[]): HTMLTableRowElement =>
  element('tr', '', ...texts.map((text) => element(tag, '', text)));
