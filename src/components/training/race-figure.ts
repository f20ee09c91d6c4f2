import { checkModel } from '../../client/index.ts';
import type { ModelSettings, RaceRequest } from '../../client/index.ts';

/** Settings of which most may be left out: they are then the lab's. */
export type SomeSettings = {
  readonly [Group in Exclude<keyof ModelSettings, 'network'>]?: Partial<ModelSettings[Group]>;
} & {
  readonly network?: Partial<Omit<ModelSettings['network'], 'layers'>> & {
    readonly layers?: readonly Partial<ModelSettings['network']['layers'][number]>[];
  };
};

export interface FigureModel {
  readonly name: string;
  /** A CSS colour. */
  readonly color: string;
  readonly settings: SomeSettings;
}

/** What a race can draw. `time`: accuracy on held-out reviews by seconds of training. */
export const CURVES = ['loss', 'accuracy', 'validation', 'gradient', 'time'] as const;
export type CurveName = (typeof CURVES)[number];

/** A race of a lesson, as plain values. */
export interface RaceFigure
  extends Pick<RaceRequest, 'steps'>, Partial<Omit<RaceRequest, 'entries' | 'steps'>> {
  readonly models: readonly FigureModel[];
  readonly curves: readonly CurveName[];
}

/** A value that a control of the figure sets. */
export interface Choice {
  /** `training.learningRate`, `network.layers.0.activation`, or of the race: `seed`, `steps`. */
  readonly path: string;
  readonly value: string | number | boolean;
  /** The models that it is for; left out, all. */
  readonly models?: readonly string[];
}

/**
 * What the worker is asked for.
 *
 * @throws SettingsError for settings that can't be
 */
export function requestFor(figure: RaceFigure, choices: readonly Choice[] = []): RaceRequest {
  const { models, curves: _, steps, ...rest } = figure;
  const own = choices.filter(({ path }) => !path.includes('.'));
  return {
    sample: 'starter',
    batchSize: 32,
    seed: 1,
    window: 20,
    validateEvery: 10,
    validationReviews: 200,
    steps,
    ...rest,
    ...Object.fromEntries(own.map(({ path, value }) => [path, value])),
    entries: models.map(({ name, settings }) => {
      const mine = choices.filter(
        ({ path, models: only }) => path.includes('.') && (only?.includes(name) ?? true),
      );
      const whole = checkModel(settings);
      return { name, settings: checkModel(mine.reduce(set, whole)) };
    }),
  };
}

/** Settings with one value changed. */
function set(settings: ModelSettings, { path, value }: Choice): ModelSettings {
  const copy = structuredClone(settings);
  const keys = path.split('.');
  let at = copy as unknown as Record<string, unknown>;
  for (const key of keys.slice(0, -1)) at = at[key] as Record<string, unknown>;
  at[keys.at(-1)!] = value;
  return copy;
}
