import type * as tf from '@tensorflow/tfjs';
import { checkForward, RECURRENT_FORWARD } from '../spec/recurrent.ts';
import type { RecurrentAttrs, RecurrentForwardInputs, RecurrentSizes } from '../spec/recurrent.ts';
import type { WebgpuBackend } from './backend.ts';
import { runCommands } from './commands.ts';
import type { Commands } from './commands.ts';
import { forwardShader } from './forward.wgsl.ts';
import { planChunks, planRecurrent } from './plan.ts';
import { DROPOUT_BLOCK } from './sequence.wgsl.ts';

/**
 * `RecurrentForward` on WebGPU. Rows that do not exist read an existing one: their values are on the
 * GPU, where nothing can throw.
 *
 * @returns h, c, gates and inner, as the specification has them
 * @throws KernelShapeError if shapes don't fit each other or the device
 * @throws DeviceLostError if the device is gone
 */
export function recurrentForward(
  backend: WebgpuBackend,
  inputs: RecurrentForwardInputs<tf.TensorInfo>,
  attrs: RecurrentAttrs,
): tf.TensorInfo[] {
  const sizes = checkForward(inputs, attrs);
  return runCommands(backend, RECURRENT_FORWARD, (commands) =>
    record(commands, inputs, attrs, sizes),
  );
}

function record(
  commands: Commands,
  inputs: RecurrentForwardInputs<tf.TensorInfo>,
  attrs: RecurrentAttrs,
  { batch, steps, units, width }: RecurrentSizes,
): tf.TensorInfo[] {
  const { cell, resetAfter } = attrs;
  const { rows, mask, recurrentBias, c0, recurrentDropout } = inputs;
  const dropped = recurrentDropout !== undefined;
  const { limits } = commands.device;
  const plan = planRecurrent(RECURRENT_FORWARD, cell, units, batch, limits, dropped);

  const weights = commands.scratch((units + (recurrentBias ? 1 : 0)) * width);
  commands.copy(commands.input(inputs.recurrentKernel), weights, units * width);
  if (recurrentBias) commands.copy(commands.input(recurrentBias), weights, width, units * width);

  const size = batch * units;
  const state = commands.scratch((DROPOUT_BLOCK + 1) * size);
  commands.copy(commands.input(inputs.h0), state, size);
  if (c0) commands.copy(commands.input(c0), state, size, size);
  if (recurrentDropout) {
    commands.copy(commands.input(recurrentDropout), state, size, DROPOUT_BLOCK * size);
  }

  const hidden = commands.output([batch, steps, units]);
  const cells = cell === 'LSTM' ? commands.output([batch, steps, units]) : undefined;
  const gates = cell === 'SimpleRNN' ? undefined : commands.output([batch, steps, width]);
  const inner = cell === 'GRU' && resetAfter ? commands.output([batch, steps, units]) : undefined;

  commands.dispatch(
    forwardShader({
      plan,
      attrs,
      masked: mask !== undefined,
      dropped,
      withRows: rows !== undefined,
    }),
    {
      projections: commands.input(inputs.projections),
      rows: rows && commands.input(rows),
      weights,
      mask: mask && commands.input(mask),
      state,
      hidden: hidden.buffer,
      cells: cells?.buffer,
      gates: gates?.buffer,
      inner: inner?.buffer,
    },
    planChunks(plan, batch, steps).map(({ first, count }) => [batch, steps, first, count]),
    [Math.ceil(batch / plan.lanes)],
  );
  return [hidden, cells, gates, inner].map((output) => output?.tensor ?? commands.empty());
}
