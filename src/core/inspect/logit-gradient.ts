import * as tf from '@tensorflow/tfjs';
import { readValues } from '../kernels/failure.ts';
import { withTape } from '../kernels/gradients/tape.ts';
import { idTensor } from '../kernels/ops/known-ids.ts';
import { observeRecurrent } from '../layers/observe.ts';
import type { LayerCall } from '../layers/stock.ts';
import type { ReviewRow } from './rows.ts';

/** How the logit of one review hangs on what happened at each of its T timesteps. */
export interface LogitGradient {
  readonly logit: number;
  /** ∂logit/∂h_t of each recurrent layer, by its name: [T, U], row-major. */
  readonly states: ReadonlyMap<string, Float32Array>;
  /** ∂logit/∂x_t · x_t, where x_t is the word's vector: [T]. */
  readonly timesInput: Float32Array;
}

/** A layer whose look-up can be replaced, for one object alone. */
interface Embedding {
  call?: LayerCall;
}

/** The first Embedding of a model. @throws RangeError if there is none */
export function embeddingOf(model: tf.LayersModel): tf.layers.Layer {
  const layer = model.layers.find((one) => one.getClassName() === 'Embedding');
  if (!layer) throw new RangeError('The model has no Embedding: its words have no vectors.');
  return layer;
}

/**
 * One pass forward and one back from the logit. The vectors of the words go in as a tensor of their
 * own, so that a word that comes twice has a gradient at each of its places.
 */
export async function logitGradient(
  model: tf.LayersModel,
  { ids }: ReviewRow,
): Promise<LogitGradient> {
  const embedding = embeddingOf(model) as unknown as Embedding;
  const steps = ids.length;
  const states = new Map<string, tf.Tensor>();
  const kept = tf.tidy(() => {
    const row = idTensor(ids, [1, steps]);
    const [table] = embeddingOf(model).getWeights();
    const vectors = tf.gather(table!, row.flatten()).expandDims<tf.Tensor3D>(0);
    const onStateGradients = (layer: string, { dh }: { dh: tf.Tensor3D }): void => {
      states.set(layer, tf.keep(dh.clone()));
    };
    const logitOf = (x: tf.Tensor): tf.Scalar => {
      embedding.call = () => x.clone();
      try {
        return (model.apply(row, { training: false }) as tf.Tensor).asScalar();
      } finally {
        // What its class has comes back.
        delete embedding.call;
      }
    };
    const { value, grad } = observeRecurrent({ onStateGradients }, () =>
      withTape(() => tf.valueAndGrad(logitOf)(vectors)),
    );
    return { logit: value, timesInput: grad.mul(vectors).sum(-1).flatten() };
  });
  try {
    const [logit, timesInput] = await Promise.all([kept.logit, kept.timesInput].map(readValues));
    const read = await Promise.all(
      [...states].map(async ([name, dh]) => [name, (await readValues(dh)).slice()] as const),
    );
    return { logit: logit![0]!, states: new Map(read), timesInput: timesInput!.slice() };
  } finally {
    tf.dispose([kept.logit, kept.timesInput, ...states.values()]);
  }
}
