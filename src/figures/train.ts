import type { Dataset } from '../core/dataset/loader/dataset.ts';
import { DEFAULT_MODEL } from '../core/models/settings/index.ts';
import type { Cell, ModelSettings } from '../core/models/settings/index.ts';
import { Pipeline } from '../core/pipeline.ts';
import { scoreReviews } from '../core/training/evaluation/evaluate.ts';

type Point = readonly [step: number, value: number];

/** A network trained on the starter reviews, and how it went. */
export interface TrainedRun {
  readonly cell: Cell;
  readonly pipeline: Pipeline;
  readonly settings: ModelSettings;
  /** Loss of each batch, by step. */
  readonly loss: readonly Point[];
  /** Loss on held-out reviews, by the step at the end of each epoch. */
  readonly heldOut: readonly Point[];
}

/** Trains one recurrent layer with the lab's settings, for as many epochs as asked. */
export async function train(dataset: Dataset, cell: Cell, epochs: number): Promise<TrainedRun> {
  const { network, training } = DEFAULT_MODEL;
  const layers = network.layers.map((layer) => ({ ...layer, cell }));
  const settings: ModelSettings = {
    ...DEFAULT_MODEL,
    network: { ...network, layers },
    training: { ...training, epochs },
  };
  const pipeline = new Pipeline(dataset, settings, 'starter');
  const loss: Point[] = [];
  const heldOut: Point[] = [];
  for await (const event of pipeline.run().start()) {
    if (event.type === 'batch') loss.push([event.step, event.batch.loss]);
    if (event.type === 'epoch') heldOut.push([event.step, event.validation!.loss]);
  }
  return { cell, pipeline, settings, loss, heldOut };
}

/** The probability of a positive review that a network gives to each test review of the starter shard. */
export async function judgeTestReviews(
  dataset: Dataset,
  { pipeline: { model, reviews } }: TrainedRun,
): Promise<{ readonly probabilities: number[]; readonly labels: number[] }> {
  const scores = await scoreReviews(model, reviews.reading(dataset.table('test')).epoch(0));
  const { logits, labels } = scores!;
  return {
    probabilities: Array.from(logits, (logit) => 1 / (1 + Math.exp(-logit))),
    labels: Array.from(labels),
  };
}
