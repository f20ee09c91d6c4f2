import * as tf from '@tensorflow/tfjs';
import type { Batch } from '../../../src/core/dataset/batch/batcher.ts';
import { distinctRows } from '../../../src/core/kernels/ops/distinct-rows.ts';
import { recurrent } from '../../../src/core/kernels/ops/recurrent.ts';
import { GATES } from '../../../src/core/kernels/spec/recurrent.ts';
import type { RecurrentAttrs } from '../../../src/core/kernels/spec/recurrent.ts';
import { createRandom } from '../../../src/core/random.ts';
import type { StepShape } from './protocol.ts';

/** Loss and gradients of a classifier: embeddings, a recurrent layer, and one unit on its last state. */
export interface Step {
  readonly names: readonly string[];
  /** The current backend's loss, then its gradients. The caller disposes of them. */
  readonly run: () => tf.Tensor[];
}

/** A made-up batch and made-up weights. Equal arguments give equal values on every backend. */
export function makeStep(attrs: RecurrentAttrs, shape: StepShape): Step {
  const { batch, steps, units, words, size } = shape;
  const width = GATES[attrs.cell] * units;
  const random = createRandom(3);
  const floats = (dimensions: number[], scale: number) => {
    const length = tf.util.sizeFromShape(dimensions);
    const values = Float32Array.from({ length }, () => (2 * random.next() - 1) * scale);
    return { values, dimensions };
  };
  const weights = {
    embeddings: floats([words, size], 1),
    kernel: floats([size, width], 1 / Math.sqrt(size)),
    recurrentKernel: floats([units, width], 1 / Math.sqrt(units)),
    bias: floats(attrs.resetAfter ? [2, width] : [width], 0.1),
    head: floats([units, 1], 1),
  };
  const { ids, labels } = makeBatch(shape);
  const found = distinctRows(ids, words);

  const run = () =>
    tf.tidy(() => {
      const given = Object.values(weights).map(({ values, dimensions }) =>
        tf.tensor(values, dimensions),
      );
      const input = {
        distinct: tf.tensor1d(found.distinct, 'int32'),
        rows: tf.tensor2d(found.rows, [batch, steps], 'int32'),
      };
      const truth = tf.tensor2d(labels, [batch, 1]);
      const lossOf = (embeddings: tf.Tensor, ...rest: tf.Tensor[]): tf.Scalar => {
        const [kernel, recurrentKernel, bias, head] = rest as tf.Tensor2D[];
        const { h } = recurrent({
          input: { ...input, embeddings: embeddings as tf.Tensor2D },
          kernel: kernel!,
          recurrentKernel: recurrentKernel!,
          bias,
          attrs,
        });
        const last = h.slice([0, steps - 1, 0], [batch, 1, units]).reshape([batch, units]);
        return tf.losses.sigmoidCrossEntropy(truth, tf.matMul(last, head!));
      };
      const { value, grads } = tf.valueAndGrads(lossOf)(given);
      return [value, ...grads];
    });
  return { names: ['loss', ...Object.keys(weights)], run };
}

/** Made-up reviews. Frequent words come first and follow Zipf's law, as in a vocabulary. */
export function makeBatch({ batch, steps, words }: StepShape): Batch {
  const random = createRandom(4);
  const ids = Int32Array.from({ length: batch * steps }, () => Math.floor(words ** random.next()));
  return {
    ids,
    shape: [batch, steps],
    lengths: new Int32Array(batch).fill(steps),
    labels: Float32Array.from({ length: batch }, () => random.int(2)),
    rows: Uint32Array.from({ length: batch }, (_, row) => row),
  };
}
