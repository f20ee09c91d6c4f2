import * as tf from '@tensorflow/tfjs';
import { RECURRENT_BACKWARD, RECURRENT_FORWARD } from '../../../src/core/kernels/spec/recurrent.ts';
import type {
  RecurrentAttrs,
  RecurrentBackwardInputs,
  RecurrentForwardInputs,
} from '../../../src/core/kernels/spec/recurrent.ts';
import type {
  BackwardValues,
  ForwardValues,
} from '../../../src/core/kernels/spec/reference-recurrent.ts';
import { randomGradients, randomInputs, sizesOf } from '../../unit/kernels/recurrent-cases.ts';
import type { Shape } from '../../unit/kernels/recurrent-cases.ts';

export const FORWARD_OUTPUTS = ['h', 'c', 'gates', 'inner'] as const;
export const BACKWARD_OUTPUTS = [
  'dProjections',
  'dRecurrentKernel',
  'dRecurrentBias',
  'dh0',
  'dc0',
  'dhTotal',
  'dcTotal',
] as const;

type Gradients = Pick<BackwardValues<Float64Array>, 'dh' | 'dc'>;

/**
 * Made-up values that float32 holds exactly, with a recurrent kernel that neither fades nor explodes:
 * without a bound on the state, much less of it is needed over hundreds of steps.
 */
export function makeValues(attrs: RecurrentAttrs, shape: Shape, seed?: number) {
  const inputs = randomInputs(attrs, shape, seed);
  const shrink = (attrs.activation === 'tanh' ? 1 : 0.25) / Math.sqrt(shape.units);
  const recurrentKernel = inputs.recurrentKernel.map((weight) => weight * shrink);
  return {
    inputs: rounded({ ...inputs, recurrentKernel }),
    gradients: rounded(randomGradients(attrs, shape, seed && seed + 1)),
  };
}

function rounded<Values extends ForwardValues<Float64Array> | Gradients>(values: Values): Values {
  const entries = Object.entries(values).map(([name, array]) => [
    name,
    array instanceof Float64Array ? Float64Array.from(array, Math.fround) : array,
  ]);
  return Object.fromEntries(entries) as Values;
}

/** The values as tensors. What is left out stays out. */
export function toTensors(
  attrs: RecurrentAttrs,
  shape: Shape,
  { inputs, gradients }: ReturnType<typeof makeValues>,
) {
  const { batch, steps, units, width, projectionRows } = sizesOf(attrs, shape);
  const shapes: Record<string, number[]> = {
    projections: [projectionRows, width],
    rows: [batch, steps],
    recurrentKernel: [units, width],
    recurrentBias: [width],
    h0: [batch, units],
    c0: [batch, units],
    mask: [batch, steps],
    recurrentDropout: [batch, units],
    dh: [batch, steps, units],
    dc: [batch, steps, units],
  };
  const tensors: Record<string, tf.Tensor> = {};
  for (const [name, array] of Object.entries({ ...inputs, ...gradients })) {
    if (!array) continue;
    const dtype = array instanceof Int32Array ? 'int32' : 'float32';
    tensors[name] = tf.tensor(new Float32Array(array), shapes[name], dtype);
  }
  return tensors as unknown as RecurrentForwardInputs<tf.Tensor> & {
    dh: tf.Tensor;
    dc?: tf.Tensor;
  };
}

export function runForward(
  inputs: RecurrentForwardInputs<tf.Tensor>,
  attrs: RecurrentAttrs,
): tf.Tensor[] {
  return tf
    .engine()
    .runKernel(RECURRENT_FORWARD, inputs as unknown as tf.NamedTensorMap, { ...attrs });
}

export function runBackward(
  inputs: RecurrentForwardInputs<tf.Tensor> & { dh: tf.Tensor; dc?: tf.Tensor },
  saved: readonly tf.Tensor[],
  attrs: RecurrentAttrs,
): tf.Tensor[] {
  const { projections, ...shared } = inputs;
  const [h, c, gates, inner] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
  const all: RecurrentBackwardInputs<tf.Tensor> = { ...shared, h, c, gates, inner };
  return tf.engine().runKernel(RECURRENT_BACKWARD, all as unknown as tf.NamedTensorMap, {
    ...attrs,
    projectionRows: projections.shape[0]!,
  });
}
