import type * as tf from '@tensorflow/tfjs';
import type { Batch } from '../dataset/batch/batcher.ts';
import { createAdam } from './adam.ts';
import { DivergedError } from './events.ts';
import type { Metrics, TrainingEvent } from './events.ts';
import { RunControl } from './run-control.ts';
import { evaluateStep, trainableVariables, trainStep } from './step.ts';
import { yieldToEvents } from './yield.ts';

export interface FitOptions {
  readonly epochs: number;
  /** Adam's learning rate. */
  readonly learningRate: number;
  /** The training batches of an epoch (from 0), in their order. */
  readonly trainBatches: (epoch: number) => Iterable<Batch>;
  readonly batchesPerEpoch: number;
  readonly validationBatches: () => Iterable<Batch>;
  readonly control?: RunControl;
}

/**
 * Trains with Adam on binary cross-entropy and reports every batch and
 * epoch. Ends early, without an error, when `control` is stopped. Between batches the thread's other
 * events run, so that messages are answered while it trains.
 *
 * @throws DivergedError when the loss is no longer a finite number
 */
export async function* fit(
  model: tf.LayersModel,
  options: FitOptions,
): AsyncGenerator<TrainingEvent, void, undefined> {
  const { epochs, batchesPerEpoch, control = new RunControl() } = options;
  const adam = createAdam(trainableVariables(model), options.learningRate);
  const steps = epochs * batchesPerEpoch;
  let step = 0;
  try {
    for (let epoch = 0; epoch < epochs; epoch++) {
      const training = new MeanMetrics();
      let seconds = 0;
      for (const batch of options.trainBatches(epoch)) {
        await yieldToEvents();
        if (!(await control.mayGoOn())) return;
        const started = performance.now();
        const metrics = await trainStep(model, adam, batch);
        seconds += (performance.now() - started) / 1000;
        step++;
        if (!Number.isFinite(metrics.loss)) throw new DivergedError(step, metrics.loss);
        training.add(metrics, batch.labels.length);
        const reviewsPerSecond = training.count / seconds;
        yield { type: 'batch', epoch, step, steps, batch: metrics, reviewsPerSecond };
      }
      const validation = await evaluate(model, options.validationBatches(), control);
      if (validation === undefined) return;
      yield { type: 'epoch', epoch, step, training: training.mean(), validation };
    }
  } finally {
    adam.dispose();
  }
}

/**
 * Loss and accuracy over batches of any sizes, each review counted once.
 *
 * @returns undefined when `control` was stopped before the end
 * @throws RangeError when there is no review to evaluate
 */
export async function evaluate(
  model: tf.LayersModel,
  batches: Iterable<Batch>,
  control: RunControl = new RunControl(),
): Promise<Metrics | undefined> {
  const total = new MeanMetrics();
  for (const batch of batches) {
    await yieldToEvents();
    if (!(await control.mayGoOn())) return undefined;
    total.add(await evaluateStep(model, batch), batch.labels.length);
  }
  if (total.count === 0) throw new RangeError('There is no review to evaluate on.');
  return total.mean();
}

/** Means over reviews, not over batches, since the last batch is smaller. */
class MeanMetrics {
  count = 0;
  #loss = 0;
  #accuracy = 0;

  add(metrics: Metrics, reviews: number): void {
    this.count += reviews;
    this.#loss += metrics.loss * reviews;
    this.#accuracy += metrics.accuracy * reviews;
  }

  mean(): Metrics {
    return { loss: this.#loss / this.count, accuracy: this.#accuracy / this.count };
  }
}
