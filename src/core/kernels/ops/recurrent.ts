import * as tf from '@tensorflow/tfjs';
import { runRecurrentForward, type GradientOptions } from '../gradients/recurrent.ts';
import { checkForward, GATES, type RecurrentAttrs } from '../spec/recurrent.ts';
import { expectShape, project, type RecurrentInput } from './project.ts';

export interface RecurrentArguments {
  readonly input: RecurrentInput;
  /** [E, G·U]: Keras's `kernel`. */
  readonly kernel: tf.Tensor2D;
  /** [U, G·U] */
  readonly recurrentKernel: tf.Tensor2D;
  /** [G·U], or [2, G·U] for GRU with `resetAfter` (the input's, then the state's, as in Keras). */
  readonly bias?: tf.Tensor | undefined;
  /** [B, U]. Zeros if left out. */
  readonly h0?: tf.Tensor2D | undefined;
  /** [B, U], LSTM alone. Zeros if left out. */
  readonly c0?: tf.Tensor2D | undefined;
  /** [B, T], int32 or bool. 0: the state skips this timestep. */
  readonly mask?: tf.Tensor2D | undefined;
  /** [B, U]: factors of the state that each unmasked step reads. They get no gradient. */
  readonly recurrentDropout?: tf.Tensor2D | undefined;
  readonly attrs: RecurrentAttrs;
  /** LSTM: give the cell states too. */
  readonly returnCell?: boolean;
  /** Give the gates too. They are there to be looked at: no gradient flows through them. */
  readonly returnGates?: boolean;
  /** Sees the whole gradient of every state in the backward pass. See {@link GradientOptions}. */
  readonly onStateGradients?: GradientOptions['onStateGradients'];
}

export interface RecurrentResult {
  /** [B, T, U]: the state after each timestep, at the timestep that was read. */
  readonly h: tf.Tensor3D;
  /** [B, T, U] */
  readonly c: tf.Tensor3D | undefined;
  /** [B, T, G·U] after activation, in Keras's order. SimpleRNN has none. */
  readonly gates: tf.Tensor3D | undefined;
  /** [B, T, U]: h₋·U_h + b_h of GRU with `resetAfter`. */
  readonly inner: tf.Tensor3D | undefined;
}

/**
 * Runs a recurrent layer over a whole sequence, on the current backend: one matrix product for the
 * inputs, one kernel for the steps. Differentiable with respect to the input or the embeddings, the
 * weights and the first state. A mask and dropout must not depend on a weight: tfjs has no gradient
 * for them.
 *
 * @throws KernelShapeError naming the input whose shape does not fit
 */
export function recurrent(args: RecurrentArguments): RecurrentResult {
  const { input, kernel, recurrentKernel, mask, attrs, returnCell = false } = args;
  const isLstm = attrs.cell === 'LSTM';
  const units = recurrentKernel.shape[0];
  const width = GATES[attrs.cell] * units;
  const results = tf.tidy(() => {
    const { inputBias, recurrentBias } = splitBias(args.bias, attrs, width);
    const { projections, rows, batch } = project(input, kernel, inputBias, width);
    const start = () => tf.zeros<tf.Rank.R2>([batch, units]);
    // The kernel alone could take another batch for fewer, longer sequences.
    if (args.h0) expectShape('h0', args.h0, [batch, units]);
    const inputs = {
      projections,
      rows,
      recurrentKernel,
      recurrentBias,
      h0: args.h0 ?? start(),
      c0: args.c0 ?? (isLstm ? start() : undefined),
      mask: mask && tf.cast(mask, 'int32'),
      recurrentDropout: args.recurrentDropout,
    };
    checkForward(inputs, attrs);
    const outputs = runRecurrentForward(inputs, attrs, {
      cellGradient: returnCell,
      onStateGradients: args.onStateGradients,
    });
    const wanted = {
      h: outputs.h,
      ...(returnCell && isLstm ? { c: outputs.c } : {}),
      ...(args.returnGates && attrs.cell !== 'SimpleRNN' ? { gates: outputs.gates } : {}),
      ...(args.returnGates && recurrentBias ? { inner: outputs.inner } : {}),
    };
    return wanted as { h: tf.Tensor3D } & Partial<Record<'c' | 'gates' | 'inner', tf.Tensor3D>>;
  });
  return { h: results.h, c: results.c, gates: results.gates, inner: results.inner };
}

/** The bias of the input's share, and the state's, which only GRU with `resetAfter` tells apart. */
function splitBias(
  bias: tf.Tensor | undefined,
  { cell, resetAfter }: RecurrentAttrs,
  width: number,
): { inputBias: tf.Tensor1D | undefined; recurrentBias: tf.Tensor1D | undefined } {
  const two = cell === 'GRU' && resetAfter;
  const wanted = two ? [2, width] : [width];
  if (bias) expectShape('bias', bias, wanted);
  if (!two) return { inputBias: bias as tf.Tensor1D | undefined, recurrentBias: undefined };
  if (!bias) return { inputBias: undefined, recurrentBias: tf.zeros([width]) };
  const [inputBias, recurrentBias] = tf.unstack(bias) as [tf.Tensor1D, tf.Tensor1D];
  return { inputBias, recurrentBias };
}
