import type * as tf from '@tensorflow/tfjs';
import { RECURRENT_BACKWARD } from '../spec/recurrent.ts';
import type { RecurrentAttrs, RecurrentBackwardInputs, RecurrentSizes } from '../spec/recurrent.ts';
import { backwardShader } from './backward.wgsl.ts';
import type { Commands } from './commands.ts';
import { planChunks, planRecurrent } from './plan.ts';
import { DROPOUT_BLOCK } from './sequence.wgsl.ts';
import { transposeGroups, transposeShader } from './transpose.wgsl.ts';

/** Gradients that the way back through time leaves, besides those of the gates. */
interface ThroughTime {
  /** Blocks [batch, units]: the second is the gradient of h0, the third (LSTM) that of c0. */
  readonly state: GPUBuffer;
  readonly dhTotal: tf.TensorInfo;
  readonly dcTotal: tf.TensorInfo;
}

/** Records the way back through time, and fills `gateGradient` [batch, steps, width]. */
export function backThroughTime(
  commands: Commands,
  inputs: RecurrentBackwardInputs<tf.TensorInfo>,
  attrs: RecurrentAttrs,
  { batch, steps, units, width }: RecurrentSizes,
  gateGradient: GPUBuffer,
): ThroughTime {
  const { c0, mask, recurrentDropout } = inputs;
  const dropped = recurrentDropout !== undefined;
  const { limits } = commands.device;
  const plan = planRecurrent(RECURRENT_BACKWARD, attrs.cell, units, batch, limits, dropped);
  const size = batch * units;

  const weights = commands.scratch(units * width);
  commands.dispatch(
    transposeShader,
    { matrix: commands.input(inputs.recurrentKernel), transposed: weights },
    [[units, width]],
    [transposeGroups(units * width)],
  );

  const state = commands.scratch((DROPOUT_BLOCK + 1) * size);
  commands.clear(state);
  commands.copy(commands.input(c0 ?? inputs.h0), state, size);
  if (recurrentDropout) {
    commands.copy(commands.input(recurrentDropout), state, size, DROPOUT_BLOCK * size);
  }

  const dhTotal = commands.output([batch, steps, units]);
  commands.copy(commands.input(inputs.dh), dhTotal.buffer, batch * steps * units);
  const dcTotal = c0 && commands.output([batch, steps, units]);
  if (dcTotal && inputs.dc) {
    commands.copy(commands.input(inputs.dc), dcTotal.buffer, batch * steps * units);
  } else if (dcTotal) {
    commands.clear(dcTotal.buffer);
  }

  const shader = backwardShader({
    plan,
    attrs,
    masked: mask !== undefined,
    dropped,
  });
  const saved = (name: 'gates' | 'inner'): GPUBuffer | undefined =>
    shader.buffers.includes(name) ? commands.input(inputs[name]) : undefined;
  commands.dispatch(
    shader,
    {
      weights,
      sequence: commands.input(c0 ? inputs.c : inputs.h),
      gates: saved('gates'),
      inner: saved('inner'),
      mask: mask && commands.input(mask),
      state,
      hiddenGradient: dhTotal.buffer,
      cellGradient: dcTotal?.buffer,
      gateGradient,
    },
    planChunks(plan, batch, steps)
      .toReversed()
      .map(({ first, count }) => [batch, steps, first, count]),
    [Math.ceil(batch / plan.lanes)],
  );
  return { state, dhTotal: dhTotal.tensor, dcTotal: dcTotal?.tensor ?? commands.empty() };
}
