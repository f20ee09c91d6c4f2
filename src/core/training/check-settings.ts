import { L2_KINDS, MONITORS } from './settings.ts';
import type { EarlyStoppingSettings, PlateauSettings, TrainingSettings } from './settings.ts';

/** A setting that can't be used; the message names it, its value and the limit. */
export class TrainingSettingsError extends Error {
  override readonly name = 'TrainingSettingsError';
}

/** What a number must be, in words and as a test. */
type Rule = readonly [limit: string, holds: (value: number) => boolean];

const POSITIVE: Rule = ['a number above 0', (x) => x > 0 && x < Infinity];
const NOT_NEGATIVE: Rule = ['a number of at least 0', (x) => x >= 0 && x < Infinity];
const COUNT: Rule = ['a whole number of at least 1', (x) => Number.isSafeInteger(x) && x >= 1];
const COUNT_OR_ZERO: Rule = [
  'a whole number of at least 0',
  (x) => Number.isSafeInteger(x) && x >= 0,
];
const SHARE: Rule = ['at least 0 and below 1', (x) => x >= 0 && x < 1];
const FACTOR: Rule = ['above 0 and at most 1', (x) => x > 0 && x <= 1];
const UP_TO_ONE: Rule = ['from 0 to 1', (x) => x >= 0 && x <= 1];

/**
 * @param validated whether the run has validation reviews
 * @throws TrainingSettingsError naming the first setting that can't be used
 */
export function checkTrainingSettings(settings: TrainingSettings, validated: boolean): void {
  check('epochs', settings.epochs, COUNT);
  check('seed', settings.seed, COUNT_OR_ZERO);
  checkOptimizer(settings);
  check('warmupSteps', settings.warmupSteps, COUNT_OR_ZERO);
  checkDecay(settings);
  const { clipping, l2, earlyStopping, reduceOnPlateau, weightAveraging } = settings;
  if (clipping.kind !== 'none') check(clipping.kind, clipping.value, POSITIVE);
  for (const kind of L2_KINDS) check(`l2.${kind}`, l2[kind], NOT_NEGATIVE);
  check('labelSmoothing', settings.labelSmoothing, SHARE);
  if (settings.wordDropout) check('wordDropout.rate', settings.wordDropout.rate, SHARE);
  if (weightAveraging !== undefined) check('weightAveraging', weightAveraging, SHARE);
  if (earlyStopping) checkWatching('earlyStopping', earlyStopping, validated);
  if (!reduceOnPlateau) return;
  checkWatching('reduceOnPlateau', reduceOnPlateau, validated);
  check('reduceOnPlateau.factor', reduceOnPlateau.factor, SHARE);
  check('reduceOnPlateau.cooldown', reduceOnPlateau.cooldown, COUNT_OR_ZERO);
  check('reduceOnPlateau.minLearningRate', reduceOnPlateau.minLearningRate, NOT_NEGATIVE);
}

function checkOptimizer({ optimizer }: TrainingSettings): void {
  check('learningRate', optimizer.learningRate, POSITIVE);
  if (optimizer.name === 'sgd') return check('momentum', optimizer.momentum, SHARE);
  check('epsilon', optimizer.epsilon, POSITIVE);
  if (optimizer.name === 'rmsprop') return check('rho', optimizer.rho, SHARE);
  check('beta1', optimizer.beta1, SHARE);
  check('beta2', optimizer.beta2, SHARE);
}

function checkDecay({ decay }: TrainingSettings): void {
  if (decay.kind === 'constant') return;
  if (decay.steps !== undefined) check('decay.steps', decay.steps, COUNT);
  if (decay.kind === 'exponential') check('decay.rate', decay.rate, FACTOR);
  if (decay.kind === 'step') check('decay.factor', decay.factor, FACTOR);
  if (decay.kind === 'cosine') check('decay.alpha', decay.alpha, UP_TO_ONE);
}

function checkWatching(
  name: string,
  { monitor, patience, minDelta }: EarlyStoppingSettings | PlateauSettings,
  validated: boolean,
): void {
  if (!MONITORS.includes(monitor)) {
    throw new TrainingSettingsError(
      `${name}.monitor must be ${MONITORS.join(', ')}, not ${String(monitor)}.`,
    );
  }
  if (monitor.startsWith('val') && !validated) {
    throw new TrainingSettingsError(
      `${name} watches ${monitor}, but the run has no validation reviews.`,
    );
  }
  check(`${name}.patience`, patience, COUNT_OR_ZERO);
  check(`${name}.minDelta`, minDelta, NOT_NEGATIVE);
}

function check(name: string, value: unknown, [limit, holds]: Rule): void {
  if (typeof value === 'number' && holds(value)) return;
  throw new TrainingSettingsError(`${name} must be ${limit}, not ${String(value)}.`);
}
