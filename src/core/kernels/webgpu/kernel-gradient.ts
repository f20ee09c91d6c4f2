import type * as tf from '@tensorflow/tfjs';
import type { RecurrentAttrs, RecurrentBackwardInputs, RecurrentSizes } from '../spec/recurrent.ts';
import type { Commands } from './commands.ts';
import { gateBlocks, gradientGroups, planGradient } from './kernel-gradient-plan.ts';
import { kernelGradientShader } from './kernel-gradient.wgsl.ts';
import { sumRunsGroups, sumRunsShader } from './sum-runs.wgsl.ts';

interface KernelGradient {
  /** [units, width] */
  readonly kernel: tf.TensorInfo;
  /** [width], or [0] for a cell without a recurrent bias. */
  readonly bias: tf.TensorInfo;
}

/** Records the gradients of the recurrent kernel and its bias, from those of the gates. */
export function recurrentKernelGradient(
  commands: Commands,
  inputs: RecurrentBackwardInputs<tf.TensorInfo>,
  attrs: RecurrentAttrs,
  { batch, steps, units, width }: RecurrentSizes,
  gateGradient: GPUBuffer,
): KernelGradient {
  const { recurrentDropout } = inputs;
  const positions = batch * steps;
  const height = units + (inputs.recurrentBias ? 1 : 0);
  const plan = planGradient(height, width, positions);
  const partial = commands.scratch(plan.splits * height * width);
  for (const block of gateBlocks(attrs)) {
    const shader = kernelGradientShader(attrs, units, block, recurrentDropout !== undefined);
    commands.dispatch(
      shader,
      {
        hidden: commands.input(inputs.h),
        initial: commands.input(inputs.h0),
        gateGradient,
        gates: shader.buffers.includes('gates') ? commands.input(inputs.gates) : undefined,
        dropout: recurrentDropout && commands.input(recurrentDropout),
        partial,
      },
      [[steps, positions, plan.depth]],
      gradientGroups(block, units, height, plan),
    );
  }
  // The bias stands behind the kernel, as its last row.
  const total = commands.scratch(height * width);
  commands.dispatch(
    sumRunsShader,
    { partial, total },
    [[plan.splits, height * width]],
    [sumRunsGroups(height * width)],
  );
  const kernel = commands.output([units, width]);
  commands.copy(total, kernel.buffer, units * width);
  if (!inputs.recurrentBias) return { kernel: kernel.tensor, bias: commands.empty() };
  const bias = commands.output([width]);
  commands.copy(total, bias.buffer, width, 0, units * width);
  return { kernel: kernel.tensor, bias: bias.tensor };
}
