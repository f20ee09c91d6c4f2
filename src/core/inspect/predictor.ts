import * as tf from '@tensorflow/tfjs';
import type { Preprocessing } from '../models/preprocessing.ts';
import type { TrainedModel } from '../models/trained-model.ts';
import { logitsOf, rowsOf } from './rows.ts';
import { textReader } from './text-reader.ts';
import type { Reading } from './text-reader.ts';

/** What a model makes of one text. */
export interface Prediction {
  readonly label: 'positive' | 'negative';
  /** Probability of a positive review, 0 to 1. */
  readonly probability: number;
  /** Tokens that it read, and how many of them it knows. */
  readonly tokens: number;
  readonly known: number;
  /** Tokens that did not fit into its length. */
  readonly cut: number;
  /** Tokens that it does not know, each once, in their order. */
  readonly oovWords: readonly string[];
}

/** Training has broken the model: it can't judge anything any more. */
export class NoNumbersError extends Error {
  override readonly name = 'NoNumbersError';

  constructor() {
    super('The model’s weights are no longer numbers. Train it again.');
  }
}

/** Texts that the model reads at a time. */
const BATCH = 32;

/**
 * The one way from a text to a verdict: page, worker, server and scripts all ask it. It reads texts
 * as the model was trained to, groups them by length, and gives each the same answer alone and in
 * company (to 1e-6).
 */
export class Predictor {
  readonly #model: tf.LayersModel;
  readonly #preprocessing: Preprocessing;
  readonly #read: (text: string) => Reading;

  constructor(trained: TrainedModel) {
    this.#model = trained.model;
    this.#preprocessing = trained.preprocessing;
    this.#read = textReader(trained);
  }

  /**
   * One prediction a text, in their order. A text without any token gets one too, with `tokens` 0.
   *
   * @throws NoNumbersError when the model's answer is not a number
   */
  async predict(texts: readonly string[]): Promise<Prediction[]> {
    const readings = texts.map((text) => this.#read(text));
    const order = [...readings.keys()].sort(
      (a, b) => readings[a]!.ids.length - readings[b]!.ids.length,
    );
    const predictions: Prediction[] = [];
    for (let at = 0; at < order.length; at += BATCH) {
      const batch = order.slice(at, at + BATCH);
      const probabilities = await this.#run(batch.map((index) => readings[index]!));
      batch.forEach((index, row) => {
        predictions[index] = predictionOf(readings[index]!, probabilities[row]!);
      });
    }
    return predictions;
  }

  dispose(): void {
    this.#model.dispose();
  }

  async #run(readings: readonly Reading[]): Promise<ArrayLike<number>> {
    const sequences = readings.map(({ ids }) => ids);
    const probabilities = tf.tidy(() =>
      tf.sigmoid(logitsOf(this.#model, rowsOf(sequences, this.#preprocessing))),
    );
    try {
      return await probabilities.data();
    } finally {
      probabilities.dispose();
    }
  }
}

function predictionOf(reading: Reading, probability: number): Prediction {
  if (Number.isNaN(probability)) throw new NoNumbersError();
  const { tokens, known, cut, oovWords } = reading;
  const label = probability >= 0.5 ? 'positive' : 'negative';
  return { label, probability, tokens, known, cut, oovWords };
}
