import type * as tf from '@tensorflow/tfjs';
import { checkBackward, RECURRENT_BACKWARD } from '../spec/recurrent.ts';
import type {
  RecurrentBackwardAttrs,
  RecurrentBackwardInputs,
  RecurrentSizes,
} from '../spec/recurrent.ts';
import { backThroughTime } from './back-through-time.ts';
import type { WebgpuBackend } from './backend.ts';
import { runCommands } from './commands.ts';
import type { Commands } from './commands.ts';
import { recurrentKernelGradient } from './kernel-gradient.ts';
import { segmentSum } from './segment-sum.ts';

/**
 * `RecurrentBackward` on WebGPU: back through time step by step for the gradients of the gates, then
 * the large sums over all timesteps. Every sum has a fixed order, so that equal inputs give equal
 * results on one device.
 *
 * @returns dProjections, dRecurrentKernel, dRecurrentBias, dh0, dc0, dhTotal and dcTotal, as the
 *   specification has them
 * @throws KernelShapeError if shapes don't fit each other or the device
 * @throws DeviceLostError if the device is gone
 */
export function recurrentBackward(
  backend: WebgpuBackend,
  inputs: RecurrentBackwardInputs<tf.TensorInfo>,
  attrs: RecurrentBackwardAttrs,
): tf.TensorInfo[] {
  const sizes = checkBackward(inputs, attrs);
  return runCommands(backend, RECURRENT_BACKWARD, (commands) =>
    record(commands, inputs, attrs, sizes),
  );
}

function record(
  commands: Commands,
  inputs: RecurrentBackwardInputs<tf.TensorInfo>,
  attrs: RecurrentBackwardAttrs,
  sizes: RecurrentSizes,
): tf.TensorInfo[] {
  const { batch, steps, units, width } = sizes;
  const dProjections = commands.output([sizes.projectionRows, width]);
  // Without rows, the gradients of the gates are those of the projections.
  const gateGradient = inputs.rows ? commands.scratch(batch * steps * width) : dProjections.buffer;
  const { state, dhTotal, dcTotal } = backThroughTime(commands, inputs, attrs, sizes, gateGradient);
  if (inputs.rows) {
    // Masked timesteps, whose gradients are 0, are left out.
    segmentSum(commands, {
      ids: commands.input(inputs.rows),
      mask: inputs.mask && commands.input(inputs.mask),
      values: gateGradient,
      out: dProjections.buffer,
      positions: batch * steps,
      segments: sizes.projectionRows,
      columns: width,
    });
  }
  const { kernel, bias } = recurrentKernelGradient(commands, inputs, attrs, sizes, gateGradient);

  const stateGradient = (block: number): tf.TensorInfo => {
    const { tensor, buffer } = commands.output([batch, units]);
    commands.copy(state, buffer, batch * units, 0, block * batch * units);
    return tensor;
  };
  const dh0 = stateGradient(1);
  const dc0 = inputs.c0 ? stateGradient(2) : commands.empty();
  return [dProjections.tensor, kernel, bias, dh0, dc0, dhTotal, dcTotal];
}
