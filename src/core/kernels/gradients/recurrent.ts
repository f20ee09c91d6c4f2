import * as tf from '@tensorflow/tfjs';
import {
  RECURRENT_BACKWARD,
  RECURRENT_FORWARD,
  type RecurrentAttrs,
  type RecurrentBackwardAttrs,
  type RecurrentForwardInputs,
  type RecurrentForwardOutputs,
} from '../spec/recurrent.ts';

/** The whole gradient of the loss with respect to each state, [B, T, U]. `dc` for LSTM alone. */
export interface StateGradients {
  readonly dh: tf.Tensor3D;
  readonly dc: tf.Tensor3D | undefined;
}

/** What the gradient needs to know besides the kernel's own attributes. */
export interface GradientOptions {
  /** Whether the loss may depend on the output `c` (LSTM). If not, its gradient is left out. */
  readonly cellGradient: boolean;
  /** Sees the gradients of the states. They are disposed of when it returns. */
  readonly onStateGradients?: ((gradients: StateGradients) => void) | undefined;
}

/** Attributes of a forward kernel under the tape. tfjs hands them to the gradient as they are. */
interface TapedAttrs extends RecurrentAttrs, GradientOptions {
  readonly inputNames: readonly string[];
}

/**
 * Runs the forward kernel of the current backend so that {@link registerRecurrentGradient}'s gradient
 * can follow. `gates` and `inner` are there to be looked at: no gradient flows through them.
 */
export function runRecurrentForward(
  inputs: RecurrentForwardInputs<tf.Tensor>,
  attrs: RecurrentAttrs,
  options: GradientOptions,
): RecurrentForwardOutputs<tf.Tensor> {
  const present = Object.entries(inputs).filter(([, input]) => input !== undefined);
  const taped: TapedAttrs = { ...attrs, ...options, inputNames: present.map(([name]) => name) };
  const [h, c, gates, inner] = tf
    .engine()
    .runKernel<tf.Tensor[]>(
      RECURRENT_FORWARD,
      savable(Object.fromEntries(present)),
      taped as unknown as tf.NamedAttrMap,
    );
  return { h: h!, c: c!, gates: gates!, inner: inner! };
}

/**
 * Inputs that the tape can save although some are optional. tfjs saves either a fixed list of names,
 * all of which must be there, or everything that comes in an array: so this is an array, with names.
 */
function savable(inputs: tf.NamedTensorMap): tf.NamedTensorMap {
  return Object.assign([], inputs) as unknown as tf.NamedTensorMap;
}

/** Tells TensorFlow.js that {@link RECURRENT_BACKWARD} is the gradient of {@link RECURRENT_FORWARD}. */
export function registerRecurrentGradient(): void {
  tf.registerGradient({
    kernelName: RECURRENT_FORWARD,
    saveAllInputs: true,
    outputsToSave: [true, true, true, true],
    gradFunc: (dys, saved, attrs) =>
      backward(dys as tf.Tensor[], saved, attrs as unknown as TapedAttrs),
  });
}

function backward(
  [dh, dc]: readonly tf.Tensor[],
  saved: readonly tf.Tensor[],
  attrs: TapedAttrs,
): Record<string, () => tf.Tensor> {
  const { inputNames, cellGradient, onStateGradients } = attrs;
  const inputs = Object.fromEntries(inputNames.map((name, i) => [name, saved[i]!]));
  const [h, c, gates, inner] = saved.slice(inputNames.length);
  const { projections, ...shared } = inputs;
  const ownAttrs: RecurrentBackwardAttrs = {
    cell: attrs.cell,
    activation: attrs.activation,
    recurrentActivation: attrs.recurrentActivation,
    resetAfter: attrs.resetAfter,
    goBackwards: attrs.goBackwards,
    projectionRows: projections!.shape[0]!,
    stateGradients: onStateGradients !== undefined,
  };
  const isLstm = attrs.cell === 'LSTM';
  // Now, not when the first gradient is asked for: tfjs tidies up after each one that it asks for.
  const [dProjections, dRecurrentKernel, dRecurrentBias, dh0, dc0, dhTotal, dcTotal] = tf
    .engine()
    .runKernel<tf.Tensor[]>(
      RECURRENT_BACKWARD,
      {
        ...shared,
        dh: dh!,
        // tfjs fills in zeros for a gradient that does not exist. No need to add them up.
        ...(isLstm && cellGradient ? { dc: dc! } : {}),
        h: h!,
        c: c!,
        gates: gates!,
        inner: inner!,
      },
      { ...ownAttrs },
    );
  onStateGradients?.({
    dh: dhTotal as tf.Tensor3D,
    dc: isLstm ? (dcTotal as tf.Tensor3D) : undefined,
  });
  tf.dispose([dhTotal!, dcTotal!]);
  return {
    projections: () => dProjections!,
    recurrentKernel: () => dRecurrentKernel!,
    recurrentBias: () => dRecurrentBias!,
    h0: () => dh0!,
    c0: () => dc0!,
  };
}
