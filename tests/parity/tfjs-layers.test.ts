import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerRecurrentCpu } from '../../src/core/kernels/cpu/recurrent.ts';
import { registerRecurrentGradient } from '../../src/core/kernels/gradients/recurrent.ts';
import { recurrent } from '../../src/core/kernels/ops/recurrent.ts';
import type { RecurrentAttrs } from '../../src/core/kernels/spec/recurrent.ts';
import {
  ALL_ATTRS,
  randomGradients,
  randomInputs,
  relativeError,
  titleOf,
} from '../unit/kernels/recurrent-cases.ts';

/** Both sides compute in float32, in sums of another order. */
const TOLERANCE = 2e-6;
const [BATCH, STEPS, SIZE, UNITS] = [4, 6, 5, 7];

beforeAll(async () => {
  registerRecurrentCpu();
  registerRecurrentGradient();
  await tf.setBackend('cpu');
});

/** The layer that tfjs brings along, with the same settings. It has no GRU that resets afterwards. */
function stockLayer(
  { cell, activation, recurrentActivation, goBackwards }: RecurrentAttrs,
  kept: tf.Tensor2D | undefined,
) {
  const shared = { units: UNITS, activation, goBackwards, returnSequences: true } as const;
  // The stock layer draws its factors with this function.
  const dropout = kept && { recurrentDropout: 0.5, dropoutFunc: () => kept };
  const options = { ...shared, ...dropout, biasInitializer: 'randomNormal' as const };
  if (cell === 'SimpleRNN') return tf.layers.simpleRNN(options);
  const make = cell === 'LSTM' ? tf.layers.lstm : tf.layers.gru;
  return make({ ...options, recurrentActivation });
}

interface Pass {
  readonly h: Float32Array;
  readonly gradients: readonly Float32Array[];
}

/** h, and the gradients of Σ dh·h with respect to x and the three weights. */
function differentiate(
  run: (x: tf.Tensor3D, ...weights: tf.Tensor[]) => tf.Tensor,
  x: tf.Tensor3D,
  weights: readonly tf.Tensor[],
  dh: tf.Tensor,
): Pass {
  let h: Float32Array = new Float32Array();
  const loss = (...given: tf.Tensor[]) => {
    const [first, ...rest] = given as [tf.Tensor3D, ...tf.Tensor[]];
    const output = run(first, ...rest);
    h = output.dataSync<'float32'>();
    return tf.sum(tf.mul(output, dh)) as tf.Scalar;
  };
  const gradients = tf
    .grads(loss)([x, ...weights])
    .map((gradient) => gradient.dataSync<'float32'>());
  return { h, gradients };
}

/** The stock layer reads its weights from variables, so those stand in for the arguments. */
function stockPass(layer: tf.layers.Layer, x: tf.Tensor3D, dh: tf.Tensor, mask?: tf.Tensor): Pass {
  const variables = layer.trainableWeights.map((weight) => (weight as any).val as tf.Variable);
  const input = tf.variable(x);
  let h: Float32Array = new Float32Array();
  const { grads } = tf.variableGrads(() => {
    const output = layer.call(input, { ...(mask && { mask }), training: true }) as tf.Tensor;
    h = output.dataSync<'float32'>();
    return tf.sum(tf.mul(output, dh)) as tf.Scalar;
  }, [input, ...variables]);
  const gradients = [input, ...variables].map(({ name }) => grads[name]!.dataSync<'float32'>());
  input.dispose();
  return { h, gradients };
}

/** Keras gives the outputs in the order of reading, the kernel at the timestep that was read. */
const inReadingOrder = (h: tf.Tensor, { goBackwards }: RecurrentAttrs) =>
  goBackwards ? tf.reverse(h, 1) : h;

const attrsOfTfjs = ALL_ATTRS.filter(({ resetAfter }) => !resetAfter);
const titled = attrsOfTfjs.map((attrs) => [titleOf(attrs), attrs] as const);

interface Options {
  readonly masked?: boolean;
  readonly dropped?: boolean;
}

function compare(attrs: RecurrentAttrs, { masked = false, dropped = false }: Options): void {
  const factors = Float32Array.from({ length: BATCH * UNITS }, (_, i) => (i % 3 === 0 ? 0 : 1.5));
  const kept = dropped ? tf.tensor2d(factors, [BATCH, UNITS]) : undefined;
  const layer = stockLayer(attrs, kept);
  layer.build([BATCH, STEPS, SIZE]);
  const floats = randomInputs(attrs, { batch: BATCH, steps: STEPS, units: SIZE }).projections;
  const x = tf.tensor3d(Float32Array.from(floats).subarray(0, BATCH * STEPS * SIZE), [
    BATCH,
    STEPS,
    SIZE,
  ]);
  const made = randomGradients(attrs, { batch: BATCH, steps: STEPS, units: UNITS }).dh;
  const dh = tf.tensor(Float32Array.from(made), [BATCH, STEPS, UNITS]);
  // Lengths 6, 4, 2 and 1.
  const mask = masked
    ? tf.tensor2d(
        Array.from({ length: BATCH }, (_, row) =>
          Array.from({ length: STEPS }, (_step, t) => Number(t < [6, 4, 2, 1][row]!)),
        ),
        undefined,
        'bool',
      )
    : undefined;

  const weights = layer.getWeights();
  const stock = stockPass(layer, x, dh, mask);
  const ours = differentiate(
    (input, kernel, recurrentKernel, bias) =>
      inReadingOrder(
        recurrent({
          input: { x: input },
          kernel: kernel as tf.Tensor2D,
          recurrentKernel: recurrentKernel as tf.Tensor2D,
          bias,
          mask: mask as tf.Tensor2D | undefined,
          recurrentDropout: kept,
          attrs,
        }).h,
        attrs,
      ),
    x,
    weights,
    dh,
  );
  expect(relativeError(ours.h, stock.h), 'h').toBeLessThan(TOLERANCE);
  ['x', 'kernel', 'recurrent kernel', 'bias'].forEach((name, i) => {
    const error = relativeError(ours.gradients[i]!, stock.gradients[i]!);
    expect(error, `gradient of the ${name}`).toBeLessThan(TOLERANCE);
  });
}

describe('the op against the layers of tfjs on the cpu backend', () => {
  it.each(titled)('%s', (_, attrs) => {
    tf.tidy(() => compare(attrs, {}));
  });

  it.each(titled)('%s, masked', (_, attrs) => {
    tf.tidy(() => compare(attrs, { masked: true }));
  });

  it.each(titled)('%s, masked, with recurrent dropout', (_, attrs) => {
    tf.tidy(() => compare(attrs, { masked: true, dropped: true }));
  });
});
