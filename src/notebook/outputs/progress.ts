import type { Progress } from '../library/progress.ts';
import { lossCurves } from './curves.ts';
import { element } from './element.ts';

/** "87.5%" */
export const percent = (share: number): string =>
  share.toLocaleString('en', {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });

/** How far a training is: bar, figures, the curve of the loss. */
export function showProgress(progress: Progress): HTMLElement {
  const { step, steps, state, validation } = progress;
  const bar = element('progress', '');
  bar.value = steps === 0 ? 0 : step / steps;
  bar.setAttribute('aria-label', 'Training');
  const figures = element('dl', 'nb-figures');
  for (const [name, value] of [
    ['Step', `${step} of ${steps}`],
    ['Loss', progress.loss?.toFixed(3)],
    ['Accuracy', progress.accuracy === undefined ? undefined : percent(progress.accuracy)],
    ['On held-out reviews', validation ? percent(validation.accuracy) : undefined],
  ] as const) {
    if (value === undefined) continue;
    figures.append(element('div', '', element('dt', '', name), element('dd', '', value)));
  }
  const head = element('p', 'nb-progress-state', STATES[state]);
  return element(
    'div',
    'nb-progress',
    head,
    bar,
    figures,
    ...lossCurves([{ losses: lossesOf(progress) }], steps),
  );
}

const lossesOf = ({ history }: Progress) => history.map(({ step, loss }) => [step, loss] as const);

const STATES: Readonly<Record<Progress['state'], string>> = {
  loading: 'Getting ready: reviews, engine, weights …',
  training: 'Training in the worker …',
  finished: 'Trained. The model on this page has the new weights.',
  stopped: 'Stopped. The model on this page has the weights it had learnt by then.',
};
