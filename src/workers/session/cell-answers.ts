import type * as tf from '@tensorflow/tfjs';
import { Batcher } from '../../core/dataset/batch/batcher.ts';
import { headOf } from '../../core/dataset/batch/head.ts';
import type { Dataset } from '../../core/dataset/loader/dataset.ts';
import { SPLITS } from '../../core/dataset/types.ts';
import { judgeAlong } from '../../core/inspect/along.ts';
import { Predictor } from '../../core/inspect/predictor.ts';
import { unpackLogitModel } from '../../core/models/portable.ts';
import type { PortableModel } from '../../core/models/portable.ts';
import { preprocessingOf } from '../../core/models/preprocessing.ts';
import { reviewsOf } from '../../core/pipeline/sample.ts';
import { Run } from '../../core/training/run.ts';
import type { BatchSource } from '../../core/training/run-options.ts';
import { ADAM, DEFAULT_TRAINING, RMSPROP, SGD } from '../../core/training/settings.ts';
import type { TrainingSettings } from '../../core/training/settings.ts';
import type { Calls, Review, TrainModelRequest } from '../../protocol/compute.ts';
import type { DataShelf } from './data-shelf.ts';
import type { Engine } from './engine.ts';
import type { Steering } from './steering.ts';

/** Reviews in a batch when the model only reads. */
const EVALUATION_BATCH = 128;
const OPTIMIZERS = { adam: ADAM, rmsprop: RMSPROP, sgd: SGD };

/** What the cells of a lesson ask for. */
export class CellAnswers {
  readonly #data: DataShelf;
  readonly #engine: Engine;

  constructor(data: DataShelf, engine: Engine) {
    this.#data = data;
    this.#engine = engine;
  }

  async trainModel(
    { model: packed, encoding, reviews, training }: TrainModelRequest,
    emit: (event: Calls['trainModel']['event']) => void,
    { control, signal }: Steering,
  ): Promise<Calls['trainModel']['result']> {
    const dataset = await this.#data.load(reviews.sample, signal, emit);
    return this.#withModel(packed, async (model) => {
      const sequence = { ...encoding, scheme: { numWords: encoding.numWords } };
      const { batchSize, seed, stepsPerEpoch } = training;
      const train = headOf(reviewsOf(dataset, 'train', reviews.sample), reviews.count ?? Infinity);
      const batches = new Batcher(train, dataset.vocabulary, { ...sequence, batchSize, seed });
      const held = reviewsOf(dataset, 'validation', reviews.sample);
      const validation = new Batcher(held, dataset.vocabulary, {
        ...sequence,
        batchSize: EVALUATION_BATCH,
        shuffle: false,
      });
      const run = new Run({
        model,
        settings: settingsOf(training),
        training: stepsPerEpoch === undefined ? batches : firstOf(batches, stepsPerEpoch),
        validation,
        control,
      });
      for await (const event of run.start()) emit(event);
      const weights = await Promise.all(
        model.getWeights().map(async (weight) => Float32Array.from(await weight.data())),
      );
      return { outcome: control.state === 'stopped' ? 'stopped' : 'finished', weights };
    });
  }

  async readModel({
    model: packed,
    encoding,
    text,
  }: Calls['readModel']['request']): Promise<Calls['readModel']['result']> {
    const { vocabulary } = await this.#data.load('starter', new AbortController().signal);
    return this.#withModel(packed, async (model) => {
      const preprocessing = preprocessingOf(encoding);
      const predictor = new Predictor({ model, preprocessing, words: vocabulary.words });
      const [whole] = await predictor.predict([text]);
      return { probability: whole!.probability, words: await judgeAlong(predictor, text) };
    });
  }

  async reviews(
    { split, from, count }: Calls['reviews']['request'],
    signal: AbortSignal,
  ): Promise<Calls['reviews']['result']> {
    const dataset = await this.#data.load('starter', signal);
    if (from + count > dataset.table(split).rows.length) await dataset.loadAll({ signal });
    const rows = dataset.table(split).rows.slice(from, from + count);
    return Promise.all(Array.from(rows, (row) => reviewIn(dataset, row, signal)));
  }

  async reviewAt(row: number, signal: AbortSignal): Promise<Review> {
    const dataset = await this.#data.load('starter', signal);
    if (dataset.positionOf(row) === undefined) await dataset.loadAll({ signal });
    return reviewIn(dataset, row, signal);
  }

  async vocabulary(size: number, signal: AbortSignal): Promise<Calls['vocabulary']['result']> {
    const { vocabulary } = await this.#data.load('starter', signal);
    const counts = Array.from(vocabulary.counts.subarray(0, size));
    return { words: vocabulary.words.slice(0, size), counts };
  }

  /** Builds a model for one job. */
  async #withModel<T>(
    packed: PortableModel,
    job: (model: tf.LayersModel) => Promise<T>,
  ): Promise<T> {
    await this.#engine.start();
    const model = await unpackLogitModel(packed);
    try {
      return await job(model);
    } finally {
      model.dispose();
    }
  }
}

/** What a cell asks of the engine. */
export function settingsOf(training: TrainModelRequest['training']): TrainingSettings {
  const { epochs, seed, optimizer, learningRate, clipnorm } = training;
  return {
    ...DEFAULT_TRAINING,
    epochs,
    seed,
    optimizer: { ...OPTIMIZERS[optimizer], learningRate },
    clipping: clipnorm === undefined ? { kind: 'none' } : { kind: 'clipnorm', value: clipnorm },
  };
}

/** The first batches of each epoch. */
function firstOf(batches: Batcher, count: number): BatchSource {
  const size = Math.min(batches.size, count);
  return {
    size,
    *epoch(epoch, from = 0) {
      let at = from;
      for (const batch of batches.epoch(epoch, from)) {
        if (at++ === size) return;
        yield batch;
      }
    },
  };
}

async function reviewIn(dataset: Dataset, row: number, signal: AbortSignal): Promise<Review> {
  const position = dataset.positionOf(row);
  if (position === undefined)
    throw new RangeError(`The data has no review with row number ${row}.`);
  const text = await dataset.text(position, signal);
  for (const split of SPLITS) {
    const table = dataset.table(split);
    const at = table.rows.indexOf(row);
    if (at !== -1) return { row, label: table.labels[at] === 1 ? 1 : 0, split, text };
  }
  throw new RangeError(`The review with row number ${row} belongs to no split.`);
}
