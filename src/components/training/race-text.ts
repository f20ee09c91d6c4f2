import type { RaceProgress, RacerProgress } from '../../client/index.ts';
import { figure, percentOr, whole } from '../lab/format.ts';

/** How a race stands, in a sentence that does not change with every step. */
export function describeRace(race: RaceProgress | undefined, paused: boolean): string {
  if (!race) return 'Not started yet. It trains on your machine, beside this page.';
  const { state, started, models } = race;
  const lost = models.filter((model) => model.state === 'failed').map(({ name }) => name);
  const without = lost.length > 0 ? ` ${lost.join(' and ')} diverged.` : '';
  if (state === 'loading') return 'Getting ready: reviews, engine, weights …';
  if (state === 'stopped') return `Stopped after step ${race.step}.${without}`;
  if (state === 'finished') return `Finished.${without}`;
  return paused
    ? `Paused at step ${race.step}.${without}`
    : `Training on ${whole(started!.trainReviews)} reviews, ${race.steps} steps each.${without}`;
}

/** Columns of the table of a race, after the name. */
export const COLUMNS = ['Parameters', 'Step', 'Loss', 'Accuracy', 'Held out', 'Seconds', 'State'];

export function figuresOf(model: RacerProgress): string[] {
  const { parameters, step, loss, accuracy, validation, last, failure, state } = model;
  return [
    parameters > 0 ? whole(parameters) : '–',
    String(step),
    loss === undefined ? '–' : figure(loss),
    percentOr(accuracy),
    percentOr(validation?.accuracy),
    last ? last.seconds.toFixed(1) : '–',
    failure ? `diverged at step ${failure.step}` : STATES[state],
  ];
}

const STATES: Readonly<Record<RacerProgress['state'], string>> = {
  waiting: 'waiting',
  training: 'training',
  done: 'done',
  failed: 'diverged',
};
