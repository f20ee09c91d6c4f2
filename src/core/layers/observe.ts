import type * as tf from '@tensorflow/tfjs';
import type { StateGradients } from '../kernels/gradients/recurrent.ts';

/** The states of a recurrent layer over a batch. A masked timestep repeats the state before it. */
export interface RecurrentStates {
  /** [B, T, U] */
  readonly h: tf.Tensor3D;
  /** [B, T, U], LSTM alone. */
  readonly c: tf.Tensor3D | undefined;
  /** [B, T, G·U] after activation, in Keras's order; SimpleRNN has none. */
  readonly gates: tf.Tensor3D | undefined;
}

/** Looks into the recurrent layers. What it is shown is disposed of when it returns. */
export interface RecurrentObserver {
  readonly onStates?: (layer: string, states: RecurrentStates) => void;
  /** In a backward pass. */
  readonly onStateGradients?: (layer: string, gradients: StateGradients) => void;
}

let current: RecurrentObserver | undefined;

/**
 * Shows an observer every fused recurrent layer that runs while `run` does, forward and backward.
 * Layers that the fused kernels can't compute show nothing.
 */
export function observeRecurrent<T>(observer: RecurrentObserver, run: () => T): T {
  const before = current;
  current = observer;
  try {
    return run();
  } finally {
    current = before;
  }
}

/** Who looks on now. */
export function recurrentObserver(): RecurrentObserver | undefined {
  return current;
}
