/**
 * The whole flow, once through: reviews → token ranks → padded batches → embedding → recurrent layer
 * → logit → loss → gradient → optimiser → events. Start reading here.
 */
import type * as tf from '@tensorflow/tfjs';
import type { SequenceOptions } from './dataset/batch/encoder.ts';
import { Batcher } from './dataset/batch/batcher.ts';
import { headOf } from './dataset/batch/head.ts';
import type { Dataset } from './dataset/loader/dataset.ts';
import type { Split, TokenTable } from './dataset/types.ts';
import { Predictor } from './inspect/predictor.ts';
import { judge } from './inspect/verdict.ts';
import type { Verdict } from './inspect/verdict.ts';
import { buildModel } from './models/build.ts';
import { preprocessingOf } from './models/preprocessing.ts';
import type { RunSettings } from './models/settings.ts';
import type { TrainedModel } from './models/trained-model.ts';
import type { TrainingEvent } from './training/events.ts';
import { fit } from './training/fit.ts';
import type { RunControl } from './training/run-control.ts';

/** Which reviews a run sees: the starter shard's, or every one that is loaded. */
export type Sample = 'starter' | 'all';

/** Reviews in a batch when the model only reads: nothing is kept for a backward pass. */
const EVALUATION_BATCH = 128;

/** A model, together with the data and the settings that it is trained with. */
export class Pipeline {
  readonly settings: RunSettings;
  readonly model: tf.LayersModel;
  /** The model with its words and preprocessing: what is saved, and what is asked. */
  readonly trained: TrainedModel;
  /** Reviews of each split that the run sees. */
  readonly reviews: { readonly train: number; readonly validation: number };
  readonly #predictor: Predictor;
  readonly #training: Batcher;
  readonly #validation: Batcher;

  /**
   * @throws RangeError when there is no review to train on, or none to validate on
   */
  constructor(dataset: Dataset, settings: RunSettings, sample: Sample) {
    const { numWords, maxlen, padding, batchSize, seed } = settings;
    const train = reviewsOf(dataset, 'train', sample);
    const validation = reviewsOf(dataset, 'validation', sample);
    const encoding: SequenceOptions = {
      scheme: { numWords },
      maxlen,
      padding,
      truncating: padding,
    };
    this.settings = settings;
    this.reviews = { train: train.rows.length, validation: validation.rows.length };
    this.#training = new Batcher(train, dataset.vocabulary, { ...encoding, batchSize, seed });
    this.#validation = new Batcher(validation, dataset.vocabulary, {
      ...encoding,
      batchSize: EVALUATION_BATCH,
      shuffle: false,
    });
    this.model = buildModel(settings);
    this.trained = {
      model: this.model,
      preprocessing: preprocessingOf({ numWords, maxlen, padding, truncating: padding }),
      words: dataset.vocabulary.words,
    };
    this.#predictor = new Predictor(this.trained);
  }

  /** Trains; see `fit` for the events and errors. */
  fit(control: RunControl): AsyncGenerator<TrainingEvent, void, undefined> {
    const { epochs, learningRate } = this.settings;
    return fit(this.model, {
      epochs,
      learningRate,
      control,
      training: this.#training,
      validation: this.#validation,
    });
  }

  /** The model's verdict on any text, at any time during training or after it. */
  judge(text: string): Promise<Verdict> {
    return judge(this.#predictor, text);
  }

  dispose(): void {
    this.model.dispose();
  }
}

function reviewsOf(dataset: Dataset, split: Split, sample: Sample): TokenTable {
  const loaded = dataset.table(split);
  const starter = dataset.manifest.shards[0]!.counts[split];
  const table = sample === 'starter' ? headOf(loaded, starter) : loaded;
  if (table.rows.length === 0) throw new RangeError(`The data has no ${split} reviews.`);
  return table;
}
