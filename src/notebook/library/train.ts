import * as tf from '@tensorflow/tfjs';
import { compute } from '../../client/index.ts';
import type { IdEncoding, Sample, TrainModelRequest } from '../../client/index.ts';
import { packModel } from '../../core/models/portable.ts';
import { ModelError, refuseCustomCode } from './check-model.ts';
import { encodingFor, rememberEncoding } from './encoding.ts';
import { followTraining } from './follow.ts';
import { Latest } from './latest.ts';
import { Progress } from './progress.ts';

/** Which reviews a model is trained on, and how they become ids. */
export interface TrainingData extends Partial<IdEncoding> {
  /** `starter` (default): the 3,000 reviews that load first. `all`: all of them. */
  readonly sample?: Sample;
  /** Training reviews at most. */
  readonly count?: number;
}

export interface TrainingOptions {
  /** Times that every training review is read. Default 1. */
  readonly epochs?: number;
  /** Batches of an epoch at most. Default: until every review was read. */
  readonly stepsPerEpoch?: number;
  /** Reviews in a batch. Default 32. */
  readonly batchSize?: number;
  /** Default `adam`. */
  readonly optimizer?: TrainModelRequest['training']['optimizer'];
  /** Default 0.01. */
  readonly learningRate?: number;
  /** Norm that each variable’s gradient has at most. Default: none. */
  readonly clipnorm?: number;
  /** Seed of the order of the reviews. Default 1. */
  readonly seed?: number;
}

/**
 * Trains a model on real reviews, in the worker, and tells how it goes: each value of the iterator
 * is the newest {@link Progress}. When it ends, or is stopped, the model has the new weights.
 *
 * @throws ModelError for a model that can't be sent or doesn't fit the data
 */
export async function* train(
  model: tf.LayersModel,
  data: TrainingData = {},
  options: TrainingOptions = {},
): AsyncGenerator<Progress, void, undefined> {
  refuseCustomCode(model);
  const { sample = 'starter', count, ...wanted } = data;
  const encoding = encodingFor(model, wanted);
  const request: TrainModelRequest = {
    model: await packModel(model),
    encoding,
    reviews: { sample, ...(count === undefined ? {} : { count: atLeastOne('count', count) }) },
    training: checkOptions(options),
  };
  const call = compute.start('trainModel', request);
  yield* followTraining(
    call,
    new Latest(new Progress()),
    (progress, event) => (event.type === 'data' ? progress : progress.after(event)),
    ({ weights }) => {
      takeWeights(model, weights);
      rememberEncoding(model, encoding);
    },
  );
}

/** What a cell asks, checked, with the defaults for the rest. */
export function checkOptions(options: TrainingOptions): TrainModelRequest['training'] {
  const { epochs = 1, batchSize = 32, learningRate = 0.01, seed = 1 } = options;
  const { optimizer = 'adam', clipnorm, stepsPerEpoch } = options;
  if (!(learningRate > 0 && learningRate <= 10)) {
    throw new ModelError(`learningRate must be above 0 and at most 10, not ${learningRate}.`);
  }
  if (!['adam', 'rmsprop', 'sgd'].includes(optimizer)) {
    throw new ModelError(`optimizer must be 'adam', 'rmsprop' or 'sgd', not ${String(optimizer)}.`);
  }
  if (clipnorm !== undefined && !(clipnorm > 0)) {
    throw new ModelError(`clipnorm must be above 0, not ${clipnorm}.`);
  }
  return {
    epochs: atLeastOne('epochs', epochs),
    batchSize: atLeastOne('batchSize', batchSize),
    optimizer,
    learningRate,
    seed,
    ...(clipnorm === undefined ? {} : { clipnorm }),
    ...(stepsPerEpoch === undefined
      ? {}
      : { stepsPerEpoch: atLeastOne('stepsPerEpoch', stepsPerEpoch) }),
  };
}

/** @throws ModelError for what is no count */
export function atLeastOne(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new ModelError(`${name} must be a whole number of at least 1, not ${value}.`);
}

/** Gives the page's model the weights that the worker has found. */
export function takeWeights(model: tf.LayersModel, weights: readonly Float32Array[]): void {
  tf.tidy(() => {
    model.setWeights(
      model.getWeights().map(({ shape }, i) => tf.tensor(weights[i]!, shape as number[])),
    );
  });
}
