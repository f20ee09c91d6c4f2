import * as tf from '@tensorflow/tfjs';
import { Batcher } from '../core/dataset/batch/batcher.ts';
import type { Dataset } from '../core/dataset/loader/dataset.ts';
import { DEFAULT_SETTINGS } from '../core/models/settings.ts';
import type { Cell, RunSettings } from '../core/models/settings.ts';
import { Pipeline } from '../core/pipeline.ts';
import { RunControl } from '../core/training/run-control.ts';

type Point = readonly [step: number, value: number];

/** A network trained on the starter reviews, and how it went. */
export interface TrainedRun {
  readonly cell: Cell;
  readonly model: tf.LayersModel;
  readonly settings: RunSettings;
  /** Loss of each batch, by step. */
  readonly loss: readonly Point[];
  /** Loss on held-out reviews, by the step at the end of each epoch. */
  readonly heldOut: readonly Point[];
}

/** Trains one recurrent layer with the lab's settings, for as many epochs as asked. */
export async function train(dataset: Dataset, cell: Cell, epochs: number): Promise<TrainedRun> {
  const settings: RunSettings = { ...DEFAULT_SETTINGS, cell, epochs };
  const pipeline = new Pipeline(dataset, settings, 'starter');
  const loss: Point[] = [];
  const heldOut: Point[] = [];
  for await (const event of pipeline.fit(new RunControl())) {
    if (event.type === 'batch') loss.push([event.step, event.batch.loss]);
    else heldOut.push([event.step, event.validation.loss]);
  }
  return { cell, settings, model: pipeline.model, loss, heldOut };
}

/** The probability of a positive review that a network gives to each test review of the starter shard. */
export function judgeTestReviews(
  dataset: Dataset,
  { model, settings }: TrainedRun,
): { readonly probabilities: number[]; readonly labels: number[] } {
  const { numWords, maxlen, padding } = settings;
  const batches = new Batcher(dataset.table('test'), dataset.vocabulary, {
    scheme: { numWords },
    maxlen,
    padding,
    truncating: padding,
    batchSize: 128,
    shuffle: false,
  });
  const probabilities: number[] = [];
  const labels: number[] = [];
  for (const batch of batches.epoch(0)) {
    const judged = tf.tidy(() => {
      const ids = tf.tensor2d(batch.ids, [...batch.shape], 'int32');
      return tf.sigmoid(model.apply(ids, { training: false }) as tf.Tensor).dataSync();
    });
    probabilities.push(...judged);
    labels.push(...batch.labels);
  }
  return { probabilities, labels };
}
