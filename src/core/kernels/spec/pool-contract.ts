/**
 * Global pooling over time that skips masked timesteps, forward and backward: Keras's
 * GlobalMaxPooling1D and GlobalAveragePooling1D with a mask. A row without any timestep gives zeros.
 *
 * The forward kernel gives [B, U], and int32 [B, U]: for `max` the timestep that each value comes from
 * (the first of equals; -1: none), for `average` how many timesteps it is the mean of.
 */
export const POOL_FORWARD = 'PoolOverTime';
export const POOL_BACKWARD = 'PoolOverTimeBackward';

export interface PoolAttrs {
  readonly mode: 'max' | 'average';
}

export interface PoolBackwardAttrs extends PoolAttrs {
  readonly steps: number;
}

/** Inputs of {@link POOL_FORWARD}. */
export interface PoolInputs<T> {
  /** [B, T, U] */
  readonly x: T;
  /** int32 [B, T]. 0: skip this timestep. */
  readonly mask: T;
}

/** Inputs of {@link POOL_BACKWARD}; its output is ∂L/∂x, [B, T, U]. */
export interface PoolBackwardInputs<T> {
  /** [B, U] */
  readonly dy: T;
  readonly mask: T;
  /** Second output of {@link POOL_FORWARD}. */
  readonly source: T;
}
