import * as tf from '@tensorflow/tfjs';
import type { Batch } from '../../dataset/batch/batcher.ts';
import { withTape } from '../../kernels/gradients/tape.ts';
import { idTensor } from '../../kernels/ops/known-ids.ts';
import { withDropoutSeed } from '../../layers/dropout.ts';
import { observeRecurrent } from '../../layers/observe.ts';
import type { RecurrentObserver } from '../../layers/observe.ts';
import { binaryAccuracy, binaryCrossentropy } from './loss.ts';
import type { Trainable } from './model-variables.ts';

export interface BackwardOptions {
  readonly labelSmoothing: number;
  readonly dropoutSeed: number;
  readonly observer?: RecurrentObserver;
}

/** What one pass through the model and back gives. The caller disposes of all of it. */
export interface BackwardResult {
  /** Mean cross-entropy, and the penalties of the layers' own regularizers. */
  readonly loss: tf.Scalar;
  readonly accuracy: tf.Scalar;
  /** For each variable, of its shape; zeros if the loss does not depend on it. */
  readonly gradients: tf.Tensor[];
}

/** Loss and gradients of a batch. */
export function backward(
  model: tf.LayersModel,
  trainables: readonly Trainable[],
  batch: Batch,
  { labelSmoothing, dropoutSeed, observer = {} }: BackwardOptions,
): BackwardResult {
  const variables = trainables.map(({ variable }) => variable);
  const { ids, labels } = batchTensors(batch);
  let accuracy: tf.Scalar | undefined;
  try {
    const { value, grads } = observeRecurrent(observer, () =>
      withDropoutSeed(dropoutSeed, () =>
        withTape(() =>
          tf.variableGrads(() => {
            const logits = model.apply(ids, { training: true }) as tf.Tensor;
            // Kept, because the tape clears away everything but the loss.
            accuracy = tf.keep(binaryAccuracy(labels, logits));
            const loss = binaryCrossentropy(labels, logits, labelSmoothing);
            const penalties = model.calculateLosses();
            return penalties.length === 0 ? loss : tf.addN([loss, ...penalties]);
          }, variables),
        ),
      ),
    );
    const gradients = variables.map(({ name, shape }) => grads[name] ?? tf.zeros(shape));
    return { loss: value, accuracy: accuracy!, gradients };
  } catch (error) {
    accuracy?.dispose();
    throw error;
  } finally {
    tf.dispose([ids, labels]);
  }
}

/** Ids, int32 [batch, width], and labels, float32 [batch, 1]. The caller disposes of them. */
function batchTensors(batch: Batch): { ids: tf.Tensor2D; labels: tf.Tensor2D } {
  const [rows] = batch.shape;
  return {
    ids: idTensor(batch.ids, batch.shape),
    labels: tf.tensor2d(batch.labels, [rows, 1], 'float32'),
  };
}
