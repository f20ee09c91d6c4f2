import type { RaceProgress, RacerProgress } from '../../client/index.ts';
import type { LineData, LineOptions, Point } from '../../plots/line.ts';
import type { CurveName } from './race-figure.ts';

const step = { label: 'step' };
const share = { format: '.0%', include: [0.4, 0.9] };

export const CURVE_OPTIONS: { readonly [Name in CurveName]: LineOptions } = {
  loss: {
    title: 'Loss, mean of the last steps',
    table: false,
    resting: 'The loss of each step will stand here. Guessing costs 0.69.',
    x: step,
    y: { include: [0.4, 0.8] },
  },
  accuracy: {
    title: 'Accuracy on the training reviews, mean of the last steps',
    table: false,
    resting: 'The accuracy of each step will stand here. Guessing gets 50\u202f%.',
    x: step,
    y: share,
  },
  validation: {
    title: 'Accuracy on held-out reviews',
    table: false,
    resting: 'Reviews that are not trained on, judged every few steps. Guessing gets 50\u202f%.',
    x: step,
    y: share,
  },
  gradient: {
    title: 'Norm of all gradients, before clipping',
    table: false,
    resting: 'The length of the gradient at each step will stand here, in powers of ten.',
    x: step,
    y: { scale: 'log' },
  },
  time: {
    title: 'Accuracy on held-out reviews by time',
    table: false,
    resting: 'The same accuracy, by seconds on your machine.',
    x: { label: 'seconds of training' },
    y: share,
  },
};

/** What a curve shows of a race. @param colors of the models, in their order */
export function raceCurve(
  name: CurveName,
  race: RaceProgress,
  colors: readonly string[],
  steps: number,
): LineData {
  const series = race.models.map((model, i) => ({
    name: model.name,
    color: colors[i],
    points: pointsOf(name, model),
    dots: name === 'validation' || name === 'time',
    thin: name === 'gradient',
  }));
  const guess = { loss: Math.LN2, accuracy: 0.5, validation: 0.5, time: 0.5 };
  const value = name === 'gradient' ? undefined : guess[name];
  return {
    series,
    ...(name === 'time' ? {} : { xMax: steps }),
    guides: value === undefined ? [] : [{ value, label: 'guessing' }],
  };
}

function pointsOf(name: CurveName, { history, validations }: RacerProgress): Point[] {
  switch (name) {
    case 'loss':
    case 'accuracy':
      return history.map((event) => [event.step, event.recent[name]]);
    case 'gradient':
      return history.map((event) => [event.step, event.gradientNorm]);
    case 'validation':
      return validations.map(({ step: at, accuracy }) => [at, accuracy]);
    case 'time':
      return validations.map(({ step: at, accuracy }) => [history[at - 1]!.seconds, accuracy]);
  }
}
