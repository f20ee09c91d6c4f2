import * as tf from '@tensorflow/tfjs';
import { idTensor } from '../../kernels/ops/known-ids.ts';
import type { Batch } from '../../dataset/batch/batcher.ts';
import { readValues } from '../../kernels/failure.ts';
import type { Metrics } from './metrics.ts';
import { crossentropyOf } from '../step/loss.ts';
import { yieldToEvents } from '../../yield-to-events.ts';
import { rocAuc } from './auc.ts';

/** How often each verdict met each label. */
export interface Confusion {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
}

/** How a model does on reviews that it is not trained on, each counted once. */
export interface Evaluation extends Metrics {
  /** Exact area under the ROC curve; NaN unless both classes are there. */
  readonly auc: number;
  readonly confusion: Confusion;
  readonly reviews: number;
}

/** What a model says of each review, in the order of the batches. */
export interface Scores {
  readonly logits: Float32Array;
  readonly labels: Float32Array;
}

export interface EvaluateOptions {
  /** Asked before each batch. */
  readonly mayGoOn?: () => Promise<boolean>;
  /** Called around each pass: the model may have other weights meanwhile. */
  readonly around?: <T>(run: () => T) => T;
}

/**
 * Evaluates a model over batches of any sizes. Between them the thread's other events run.
 *
 * @returns undefined when `mayGoOn` said no
 * @throws RangeError when there is no review to evaluate
 */
export async function evaluate(
  model: tf.LayersModel,
  batches: Iterable<Batch>,
  options: EvaluateOptions = {},
): Promise<Evaluation | undefined> {
  const scores = await scoreReviews(model, batches, options);
  return scores && evaluateScores(scores);
}

/** The logits behind {@link evaluate}. */
export async function scoreReviews(
  model: tf.LayersModel,
  batches: Iterable<Batch>,
  { mayGoOn = async () => true, around = (run) => run() }: EvaluateOptions = {},
): Promise<Scores | undefined> {
  const logits: Float32Array[] = [];
  const labels: Float32Array[] = [];
  for (const batch of batches) {
    await yieldToEvents();
    if (!(await mayGoOn())) return undefined;
    const output = around(() => logitsOf(model, batch));
    try {
      logits.push(await readValues(output));
    } finally {
      output.dispose();
    }
    labels.push(batch.labels);
  }
  return { logits: join(logits), labels: join(labels) };
}

function logitsOf(model: tf.LayersModel, { ids, shape }: Batch): tf.Tensor {
  return tf.tidy(() => model.apply(idTensor(ids, shape), { training: false }) as tf.Tensor);
}

/**
 * Loss, accuracy, AUC and confusion of scores. A logit above 0 is the verdict "positive".
 *
 * @throws RangeError when there is no score
 */
export function evaluateScores({ logits, labels }: Scores): Evaluation {
  const reviews = logits.length;
  if (reviews === 0) throw new RangeError('There is no review to evaluate on.');
  let loss = 0;
  const counts = { tp: 0, fp: 0, tn: 0, fn: 0 };
  logits.forEach((logit, i) => {
    const positive = labels[i] === 1;
    loss += crossentropyOf(logit, labels[i]!);
    if (logit > 0) counts[positive ? 'tp' : 'fp']++;
    else counts[positive ? 'fn' : 'tn']++;
  });
  return {
    loss: loss / reviews,
    accuracy: (counts.tp + counts.tn) / reviews,
    auc: rocAuc(logits, labels),
    confusion: {
      truePositives: counts.tp,
      falsePositives: counts.fp,
      trueNegatives: counts.tn,
      falseNegatives: counts.fn,
    },
    reviews,
  };
}

function join(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
