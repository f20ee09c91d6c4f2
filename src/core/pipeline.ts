/**
 * The whole flow, once through: reviews → token ranks → padded batches → embedding → recurrent layers
 * → logit → loss → gradient → optimiser → events → verdicts. Start reading here.
 */
import type * as tf from '@tensorflow/tfjs';
import type { Dataset } from './dataset/loader/dataset.ts';
import type { TokenTable } from './dataset/types.ts';
import { Predictor } from './inspect/predictor.ts';
import { buildModel, startFromNaiveBayes, startFromWordVectors } from './models/build.ts';
import { preprocessingOf } from './models/preprocessing.ts';
import type { ModelSettings } from './models/settings/index.ts';
import type { TrainedModel } from './models/trained-model.ts';
import { EncodedReviews } from './pipeline/encoded-reviews.ts';
import { reviewsOf } from './pipeline/sample.ts';
import type { Sample } from './pipeline/sample.ts';
import { evaluate } from './training/evaluation/evaluate.ts';
import type { Evaluation } from './training/evaluation/evaluate.ts';
import { FIRST_WORD_ID } from './text/encoding-scheme.ts';
import { trainingSettingsOf } from './training/from-model-settings.ts';
import { overEpochs } from './training/over-epochs.ts';
import { Run } from './training/run.ts';
import type { RunOptions } from './training/run-options.ts';
import { yieldToEvents } from './yield-to-events.ts';

/** Keras's ids: those below the words' are marks, and 2 stands for an unknown word. */
const WORD_IDS = { unknownId: 2, firstWordId: FIRST_WORD_ID };

/** How {@link Pipeline.prepare} is watched and stopped. */
interface PrepareOptions {
  /** @param share that is done, from 0 to 1 */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
}

/** A new model of some settings, the reviews as it reads them, and the way to a verdict. */
export class Pipeline {
  readonly settings: ModelSettings;
  readonly model: tf.LayersModel;
  readonly reviews: EncodedReviews;
  /** Reviews of each split that a run sees. */
  readonly counts: { readonly train: number; readonly validation: number };
  /** The model with its words and preprocessing: what is saved, and what is asked. */
  readonly trained: TrainedModel;
  /** Judges any text, at any time during training or after it. */
  readonly predictor: Predictor;
  readonly #validation: TokenTable;

  /** @throws RangeError when there is no review to train on, or none to validate on */
  constructor(dataset: Dataset, settings: ModelSettings, sample: Sample) {
    const { text, network } = settings;
    const { vocabulary } = dataset;
    const train = reviewsOf(dataset, 'train', sample);
    this.#validation = reviewsOf(dataset, 'validation', sample);
    this.counts = { train: train.rows.length, validation: this.#validation.rows.length };
    this.settings = settings;
    this.reviews = new EncodedReviews(train, vocabulary, settings);
    this.model = buildModel(settings);
    if (network.embedding === 'naiveBayes') {
      startFromNaiveBayes(this.model, this.reviews.naiveBayes());
    }
    const { bigrams } = this.reviews;
    this.trained = {
      model: this.model,
      // The training reviews may have fewer pairs than there is room for.
      preprocessing: preprocessingOf({
        ...text,
        bigrams: bigrams?.size,
        masked: network.maskZero,
      }),
      words: vocabulary.words,
      bigrams: bigrams?.pairs,
    };
    this.predictor = new Predictor(this.trained);
  }

  /**
   * Learns what the first weights are learnt from, if anything: word vectors take about a minute for
   * all reviews. A run that goes on from a checkpoint needs none of it.
   */
  async prepare({ onProgress, signal }: PrepareOptions = {}): Promise<void> {
    if (this.settings.network.embedding !== 'wordVectors') return;
    const learning = this.reviews.wordVectors();
    for (;;) {
      signal?.throwIfAborted();
      const { done, value } = learning.next();
      if (done) return startFromWordVectors(this.model, value);
      onProgress?.(value);
      await yieldToEvents();
    }
  }

  /** A run over the training reviews, validated after each epoch: iterate it, and it trains. */
  run(options: Pick<RunOptions, 'control' | 'from' | 'saving' | 'about'> = {}): Run {
    const training = this.reviews.training();
    return new Run({
      ...options,
      model: this.model,
      settings: trainingSettingsOf(this.settings.training, training.size, WORD_IDS),
      training,
      validation: this.reviews.reading(this.#validation),
    });
  }

  /** A run of so many steps, not validated: one of a race. Weights are not averaged. */
  sprint(steps: number): Run {
    const batches = this.reviews.training();
    const fit = { ...this.settings.training, averaging: 0, patience: 0, epochs: 1 };
    return new Run({
      model: this.model,
      settings: trainingSettingsOf(fit, batches.size, WORD_IDS),
      training: overEpochs(batches, steps),
      // Nobody goes on from one of its steps.
      snapshotEvery: Infinity,
    });
  }

  /** How the model judges reviews such as the test set. */
  async evaluate(table: TokenTable): Promise<Evaluation> {
    const evaluation = await evaluate(this.model, this.reviews.reading(table).epoch(0));
    return evaluation!;
  }

  dispose(): void {
    this.model.dispose();
  }
}
