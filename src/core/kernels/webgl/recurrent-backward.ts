import type * as tf from '@tensorflow/tfjs';
import { checkBackward, RECURRENT_BACKWARD } from '../spec/recurrent.ts';
import type { RecurrentBackwardAttrs, RecurrentBackwardInputs } from '../spec/recurrent.ts';
import { backThroughTime } from './back-through-time.ts';
import type { WebglBackend } from './backend.ts';
import { Draws } from './draws.ts';
import { kernelGradient } from './kernel-gradient.ts';
import type { Order } from './order.ts';
import { projectionGradient } from './projection-gradient.ts';
import { unpackSlabs } from './unpack-slabs.ts';

/** The entry before the first step, for each row of the batch. */
const START: Order = { origin: 0, stride: 0 };

/**
 * `RecurrentBackward` on WebGL 2: a draw per step (two for GRU's first form), then the sums over all
 * steps. Rows that do not exist get no gradient.
 *
 * @returns dProjections, dRecurrentKernel, dRecurrentBias, dh0, dc0, dhTotal and dcTotal, as the
 *   specification has them
 * @throws KernelShapeError if shapes don't fit each other or the device
 * @throws ContextLostError if the context is gone
 */
export function recurrentBackward(
  backend: WebglBackend,
  inputs: RecurrentBackwardInputs<tf.TensorInfo>,
  attrs: RecurrentBackwardAttrs,
): tf.TensorInfo[] {
  const sizes = checkBackward(inputs, attrs);
  const { batch, steps, units } = sizes;
  const isLstm = attrs.cell === 'LSTM';
  const draws = new Draws(backend, RECURRENT_BACKWARD);
  try {
    const { gates, totals, layout, order } = backThroughTime(draws, inputs, attrs, sizes);
    const gateGradient = { slabs: gates, layout, order };
    const { kernel, bias } = kernelGradient(draws, inputs, attrs, sizes, gateGradient);
    const start = { slabs: totals, layout, order: START, steps: 1 };
    const total = { slabs: totals, layout, order, steps };
    const states = [batch, steps, units];
    return [
      projectionGradient(draws, inputs.rows, sizes, gateGradient),
      kernel,
      bias,
      unpackSlabs(draws, [batch, units], start),
      isLstm ? unpackSlabs(draws, [batch, units], { ...start, channel: 1 }) : draws.empty(),
      unpackSlabs(draws, states, total),
      isLstm ? unpackSlabs(draws, states, { ...total, channel: 1 }) : draws.empty(),
    ];
  } finally {
    draws.finish();
  }
}
