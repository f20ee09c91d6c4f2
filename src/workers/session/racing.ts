import * as tf from '@tensorflow/tfjs';
import { headOf } from '../../core/dataset/batch/head.ts';
import { checkModel } from '../../core/models/settings/index.ts';
import { newNetworkThroughTime } from '../../core/pipeline/new-network.ts';
import { reviewsOf } from '../../core/pipeline/sample.ts';
import { Race } from '../../core/training/race/race.ts';
import type { Calls, RaceRequest } from '../../protocol/compute.ts';
import type { DataShelf } from './data-shelf.ts';
import type { Engine } from './engine.ts';
import { buildRaceModel } from './race-models.ts';
import type { RaceModel } from './race-models.ts';
import { SessionError } from './session-error.ts';
import type { Steering } from './steering.ts';

const MOST_MODELS = 4;

type Emit = (event: Calls['race']['event']) => void;

/** Trains several models side by side. They leave when the race ends. */
export class Racing {
  readonly #data: DataShelf;
  readonly #engine: Engine;

  constructor(data: DataShelf, engine: Engine) {
    this.#data = data;
    this.#engine = engine;
  }

  async throughTime(
    { settings, text, radius }: Calls['throughTime']['request'],
    emit: (event: Calls['throughTime']['event']) => void,
    { signal }: Steering,
  ): Promise<Calls['throughTime']['result']> {
    const { vocabulary } = await this.#data.load('starter', signal, emit);
    await this.#engine.start();
    return newNetworkThroughTime(checkModel(settings), vocabulary.words, text, radius);
  }

  /** @throws SessionError for more or fewer models than can race, or two of one name */
  async race(
    request: RaceRequest,
    emit: Emit,
    steering: Steering,
  ): Promise<Calls['race']['result']> {
    checkEntries(request.entries.map(({ name }) => name));
    const models: RaceModel[] = [];
    try {
      await this.#run(models, request, emit, steering);
      return {
        outcome: steering.control.state === 'stopped' ? 'stopped' : 'finished',
        weights: await weightsForCells(models),
      };
    } catch (error) {
      const { signal } = steering;
      if (signal.aborted && error === signal.reason) return { outcome: 'stopped', weights: {} };
      throw error;
    } finally {
      for (const { model } of models) model.dispose();
    }
  }

  /** @param models takes those that are built, so that they can be disposed of in any case */
  async #run(
    models: RaceModel[],
    request: RaceRequest,
    emit: Emit,
    steering: Steering,
  ): Promise<void> {
    const { sample, steps, window, validateEvery, validationReviews, telemetry } = request;
    const { control, signal } = steering;
    const dataset = await this.#data.load(sample, signal, emit);
    await this.#engine.start();
    for (const entry of request.entries) {
      signal.throwIfAborted();
      models.push(await buildRaceModel(entry, dataset, request, signal));
    }
    emit({
      type: 'started',
      models: models.map(({ starter }) => starter),
      steps,
      backend: tf.getBackend(),
      trainReviews: reviewsOf(dataset, 'train', sample).rows.length,
      validationReviews: headOf(reviewsOf(dataset, 'validation', sample), validationReviews).rows
        .length,
    });
    const race = new Race(
      models.map(({ racer }) => racer),
      { steps, window, validateEvery, control },
    );
    if (telemetry) steering.observe(telemetry);
    steering.follow(race);
    for await (const event of race.start()) emit(event);
  }
}

function checkEntries(names: readonly string[]): void {
  if (names.length < 1 || names.length > MOST_MODELS) {
    throw new SessionError(
      `A race has 1 to ${MOST_MODELS} models, not ${names.length}: each takes its turn.`,
    );
  }
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new SessionError(`Two models of the race are called ${JSON.stringify(twice)}.`);
  }
}

async function weightsForCells(
  models: readonly RaceModel[],
): Promise<Record<string, readonly Float32Array[]>> {
  const read = models
    .filter(({ fromCell }) => fromCell)
    .map(async ({ racer: { name }, model }) => {
      const weights = await Promise.all(model.getWeights().map((weight) => weight.data()));
      return [name, weights.map((values) => Float32Array.from(values))] as const;
    });
  return Object.fromEntries(await Promise.all(read));
}
