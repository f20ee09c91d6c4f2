import type { Progress } from '../library/progress.ts';
import { element } from './element.ts';

const SVG = 'http://www.w3.org/2000/svg';
const [WIDTH, HEIGHT] = [320, 72];

const percent = (share: number): string =>
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
  return element('div', 'nb-progress', head, bar, figures, ...curve(progress));
}

const STATES: Readonly<Record<Progress['state'], string>> = {
  loading: 'Getting ready: reviews, engine, weights …',
  training: 'Training in the worker …',
  finished: 'Trained. The model on this page has the new weights.',
  stopped: 'Stopped. The model on this page has the weights it had learnt by then.',
};

function curve({ history, steps }: Progress): SVGSVGElement[] {
  if (history.length < 2) return [];
  // The guess is in view, and small changes can be seen.
  const losses = [Math.LN2, ...history.map(({ loss }) => loss)];
  const lowest = 0.9 * Math.min(...losses);
  const highest = 1.05 * Math.max(...losses);
  const height = (loss: number): number => ((highest - loss) / (highest - lowest)) * HEIGHT;
  const points = history.map(({ step, loss }) => [
    ((step - 1) / Math.max(1, steps - 1)) * WIDTH,
    height(loss),
  ]);
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 -2 ${WIDTH} ${HEIGHT + 4}`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('class', 'nb-curve');
  svg.setAttribute('role', 'img');
  const { loss } = history.at(-1)!;
  svg.setAttribute('aria-label', `Loss from ${history[0]!.loss.toFixed(3)} to ${loss.toFixed(3)}`);
  const guess = document.createElementNS(SVG, 'line');
  const level = String(height(Math.LN2));
  guess.setAttribute('x2', String(WIDTH));
  guess.setAttribute('y1', level);
  guess.setAttribute('y2', level);
  const line = document.createElementNS(SVG, 'polyline');
  line.setAttribute(
    'points',
    points.map((point) => point.map((x) => x!.toFixed(1)).join(',')).join(' '),
  );
  svg.append(guess, line);
  return [svg];
}
