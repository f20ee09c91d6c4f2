import * as tf from '@tensorflow/tfjs';
import { checkModel, compute, RaceProgress } from '../../client/index.ts';
import type {
  FitSettings,
  IdEncoding,
  NetworkSettings,
  RaceEntry,
  RaceRequest,
  RecurrentSettings,
  TextSettings,
} from '../../client/index.ts';
import { packModel } from '../../core/models/portable.ts';
import { ModelError, refuseCustomCode } from './check-model.ts';
import { encodingFor, rememberEncoding } from './encoding.ts';
import { followTraining } from './follow.ts';
import { Latest } from './latest.ts';
import { atLeastOne, checkOptions, takeWeights } from './train.ts';
import type { TrainingOptions } from './train.ts';

/** A model made in a cell, with what it is trained by. */
export interface OwnRacer
  extends Partial<IdEncoding>, Pick<TrainingOptions, 'optimizer' | 'learningRate' | 'clipnorm'> {
  readonly model: tf.LayersModel;
}

/** Settings of a new model: what is left out is as the lab has it. */
export interface NewRacer {
  readonly text?: Partial<TextSettings>;
  readonly network?: Partial<Omit<NetworkSettings, 'layers'>> & {
    readonly layers?: readonly Partial<RecurrentSettings>[];
  };
  readonly training?: Partial<FitSettings>;
}

/** What decides a race besides its models. */
export interface RaceOptions extends Partial<
  Pick<RaceRequest, 'sample' | 'telemetry' | 'watch' | 'seed'>
> {
  /** Steps of each model. Default 100. */
  readonly steps?: number;
  /** Default 32. */
  readonly batchSize?: number;
  /** Steps in the moving mean of loss and accuracy. Default 20. */
  readonly window?: number;
  /** Steps from one look at held-out reviews to the next. Default 20. */
  readonly validateEvery?: number;
  /** Held-out reviews of a look. Default 200. */
  readonly validationReviews?: number;
}

/**
 * Trains several models side by side, in the worker, a step of each in turn on the same reviews: each
 * value of the iterator is the newest progress. When it ends, or is stopped, models that were made on
 * the page have the new weights.
 *
 * @throws ModelError for a model that can't be sent; SettingsError for settings that can't be
 */
export async function* race(
  models: Readonly<Record<string, tf.LayersModel | OwnRacer | NewRacer>>,
  options: RaceOptions = {},
): AsyncGenerator<RaceProgress, void, undefined> {
  const own = new Map<string, tf.LayersModel>();
  const entries: RaceEntry[] = [];
  for (const [name, given] of Object.entries(models)) {
    const racer = given instanceof tf.LayersModel ? { model: given } : given;
    if (!('model' in racer)) {
      entries.push({ name, settings: checkModel(racer) });
      continue;
    }
    own.set(name, racer.model);
    entries.push(await entryOf(name, racer));
  }
  const call = compute.start('race', requestOf(entries, options));
  yield* followTraining(
    call,
    new Latest(new RaceProgress(entries.map(({ name }) => name))),
    (progress, event) => progress.after(event),
    ({ weights }) => {
      for (const [name, model] of own) if (weights[name]) takeWeights(model, weights[name]);
    },
  );
}

async function entryOf(name: string, racer: OwnRacer): Promise<RaceEntry> {
  const { model, optimizer, learningRate, clipnorm, ...wanted } = racer;
  refuseCustomCode(model);
  const encoding = encodingFor(model, wanted);
  rememberEncoding(model, encoding);
  const training = checkOptions({ optimizer, learningRate, clipnorm });
  return { name, model: await packModel(model), encoding, training };
}

function requestOf(entries: readonly RaceEntry[], options: RaceOptions): RaceRequest {
  const { sample = 'starter', seed = 1, validateEvery = 20, telemetry, watch } = options;
  const { steps = 100, batchSize = 32, window = 20, validationReviews = 200 } = options;
  if (!(Number.isSafeInteger(validateEvery) && validateEvery >= 0)) {
    throw new ModelError(`validateEvery must be a whole number from 0, not ${validateEvery}.`);
  }
  return {
    entries,
    sample,
    seed,
    validateEvery,
    steps: atLeastOne('steps', steps),
    batchSize: atLeastOne('batchSize', batchSize),
    window: atLeastOne('window', window),
    validationReviews: atLeastOne('validationReviews', validationReviews),
    telemetry,
    watch,
  };
}
