import * as tf from '@tensorflow/tfjs';
import { headOf } from '../dataset/batch/head.ts';
import type { Dataset } from '../dataset/loader/dataset.ts';
import type { Split, TokenTable } from '../dataset/types.ts';
import { buildModelOf } from '../models/build-model.ts';
import { preprocessingOf } from '../models/preprocessing.ts';
import type { ModelSettings } from '../models/settings/index.ts';
import type { TrainedModel } from '../models/trained-model.ts';
import { evaluate } from '../training/evaluation/evaluate.ts';
import type { Evaluation } from '../training/evaluation/evaluate.ts';
import { trainingSettingsOf } from '../training/from-model-settings.ts';
import { Run } from '../training/run.ts';
import type { RunOptions } from '../training/run-options.ts';
import { EncodedReviews } from './encoded-reviews.ts';

/** Which reviews a run sees: the starter shard's, or every one that is loaded. */
export type Sample = 'starter' | 'all';

/** Keras's ids: those below the words' are marks, and 2 stands for an unknown word. */
const WORD_IDS = { unknownId: 2, firstWordId: 4 };

/** A new model of some settings, and the reviews as it reads them. */
export class ModelTraining {
  readonly settings: ModelSettings;
  readonly model: tf.LayersModel;
  readonly reviews: EncodedReviews;
  /** Reviews of each split that a run sees. */
  readonly counts: { readonly train: number; readonly validation: number };
  readonly #validation: TokenTable;
  readonly #words: readonly string[];

  /** @throws RangeError when there is no review to train on, or none to validate on */
  constructor(dataset: Dataset, settings: ModelSettings, sample: Sample) {
    const train = reviewsOf(dataset, 'train', sample);
    this.#validation = reviewsOf(dataset, 'validation', sample);
    this.settings = settings;
    this.#words = dataset.vocabulary.words;
    this.counts = { train: train.rows.length, validation: this.#validation.rows.length };
    this.reviews = new EncodedReviews(train, dataset.vocabulary, settings);
    this.model = buildModelOf(settings);
    if (settings.network.embedding === 'naiveBayes') this.#startFromNaiveBayes();
  }

  /** A run over the training reviews, validated after each epoch. */
  run(options: Pick<RunOptions, 'control' | 'from' | 'saving' | 'about'> = {}): Run {
    const { training: fit } = this.settings;
    const training = this.reviews.training();
    return new Run({
      ...options,
      model: this.model,
      settings: trainingSettingsOf(fit, training.size, WORD_IDS),
      training,
      validation: this.reviews.reading(this.#validation),
    });
  }

  /** The model with its words and preprocessing: what is saved, and what a `Predictor` asks. */
  get trained(): TrainedModel {
    const { text, network } = this.settings;
    const { bigrams } = this.reviews;
    return {
      model: this.model,
      // The training reviews may have fewer pairs than there is room for.
      preprocessing: preprocessingOf({
        ...text,
        bigrams: bigrams?.size,
        masked: network.maskZero,
      }),
      words: this.#words,
      bigrams: bigrams?.pairs,
    };
  }

  /** How the model, or another that reads as it does, judges reviews such as the test set. */
  async evaluate(table: TokenTable, model = this.model): Promise<Evaluation> {
    const evaluation = await evaluate(model, this.reviews.reading(table).epoch(0));
    return evaluation!;
  }

  dispose(): void {
    this.model.dispose();
  }

  /** Each id's log-count ratio, a tenth of it: naive Bayes itself is far too sure. */
  #startFromNaiveBayes(): void {
    const ratios = this.reviews.naiveBayes();
    tf.tidy(() => {
      const weights = tf.tensor2d(
        ratios.map((ratio) => 0.1 * ratio),
        [ratios.length, 1],
      );
      this.model.getLayer('embedding').setWeights([weights]);
    });
  }
}

function reviewsOf(dataset: Dataset, split: Split, sample: Sample): TokenTable {
  const loaded = dataset.table(split);
  const starter = dataset.manifest.shards[0]!.counts[split];
  const table = sample === 'starter' ? headOf(loaded, starter) : loaded;
  if (table.rows.length === 0) throw new RangeError(`The data has no ${split} reviews.`);
  return table;
}
