import * as tf from '@tensorflow/tfjs';

/** The part of tfjs's engine that records a forward pass. */
interface Recorder {
  readonly state: {
    activeTape?: readonly { readonly saved?: readonly tf.Tensor[] }[] | null;
  };
}

/**
 * Runs something that takes gradients. If it throws, what tfjs's tape had kept for the backward pass
 * is disposed of: tfjs itself would leave it in memory for good.
 */
export function withTape<T>(differentiate: () => T): T {
  try {
    return differentiate();
  } catch (error) {
    const { state } = tf.engine() as unknown as Recorder;
    for (const { saved } of state.activeTape ?? []) tf.dispose([...(saved ?? [])]);
    state.activeTape = null;
    throw error;
  }
}
