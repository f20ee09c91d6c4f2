/**
 * The two kernels that run a recurrent layer over a whole sequence, forward and backward: their
 * names, attributes, inputs and outputs.
 *
 * The input's share of the gates, `x_t · W + b`, comes in ready: it does not depend on the state, so
 * one matrix product makes it for all timesteps, or, when the input is words, for each distinct word
 * once (`rows` then says which one each timestep reads). What is left is the part that must go step
 * by step. In the shapes, B is the batch, T the timesteps, U the units, G the gates of the cell, R
 * the rows of the projections (B·T without `rows`, where timestep t of row b reads row b·T + t).
 */

export const RECURRENT_FORWARD = 'RecurrentForward';
export const RECURRENT_BACKWARD = 'RecurrentBackward';

/** Keras's cells, with the variants that change their arithmetic. */
export type CellKind = 'SimpleRNN' | 'LSTM' | 'GRU';
export type Activation = 'tanh' | 'relu' | 'linear';
/** `hardSigmoid` is Keras 2's: clip(0.2·x + 0.5, 0, 1). */
export type RecurrentActivation = 'sigmoid' | 'hardSigmoid';

export interface RecurrentAttrs {
  readonly cell: CellKind;
  /** Of the new state or candidate: Keras's `activation`. */
  readonly activation: Activation;
  /** Of the gates: Keras's `recurrent_activation`. SimpleRNN has none and ignores it. */
  readonly recurrentActivation: RecurrentActivation;
  /** GRU: apply the reset gate after the matrix product (Keras's `reset_after`). */
  readonly resetAfter: boolean;
  /** Read the sequence from its end. Outputs stand at the timestep that was read. */
  readonly goBackwards: boolean;
}

export interface RecurrentBackwardAttrs extends RecurrentAttrs {
  /** R: rows of the projections, hence of their gradient. */
  readonly projectionRows: number;
}

/** Blocks of the gate axis, in Keras's order: LSTM i, f, c, o; GRU z, r, h; SimpleRNN h. */
export const GATES: Readonly<Record<CellKind, number>> = { SimpleRNN: 1, LSTM: 4, GRU: 3 };

/** What both kernels take. An optional input that is not used is left out. float32 unless said. */
interface RecurrentShared<T> {
  /** int32 [B, T], each from 0 to R - 1. */
  readonly rows?: T | undefined;
  /** [U, G·U] */
  readonly recurrentKernel: T;
  /** [G·U]. GRU with `resetAfter` needs it, nothing else takes it. */
  readonly recurrentBias?: T | undefined;
  /** [B, U]: the state before the first step. */
  readonly h0: T;
  /** [B, U]. LSTM needs it, nothing else takes it. */
  readonly c0?: T | undefined;
  /** int32 [B, T]. 0: the step is masked, and its state repeats the previous one (as in Keras). */
  readonly mask?: T | undefined;
  /**
   * [B, U]: factors of the previous state at every step that is not masked, before anything else uses
   * it (Keras's `recurrent_dropout`: 0, or 1 / (1 − rate)). In GRU also where z keeps the state. What
   * comes out is not scaled, nor is what a masked step repeats.
   */
  readonly recurrentDropout?: T | undefined;
}

/** Inputs of {@link RECURRENT_FORWARD}, by name. */
export interface RecurrentForwardInputs<T> extends RecurrentShared<T> {
  /** [R, G·U], bias included (for GRU with `resetAfter`, the input's bias alone). */
  readonly projections: T;
}

/** Outputs of {@link RECURRENT_FORWARD}. Its kernel gives them as an array, in this order. */
export interface RecurrentForwardOutputs<T> {
  /** [B, T, U]: the state after each step. */
  readonly h: T;
  /** [B, T, U] for LSTM, else [0]. */
  readonly c: T;
  /** [B, T, G·U] after activation, 0 at masked steps. SimpleRNN: [0]. */
  readonly gates: T;
  /**
   * [B, T, U] for GRU with `resetAfter`: h₋·U_h + b_h (h₋ as dropout leaves it), 0 at masked steps.
   * Else [0].
   */
  readonly inner: T;
}

/** Inputs of {@link RECURRENT_BACKWARD}, by name. */
export interface RecurrentBackwardInputs<T> extends RecurrentShared<T>, RecurrentForwardOutputs<T> {
  /** [B, T, U]: ∂L/∂h at every timestep, from outside of the layer. */
  readonly dh: T;
  /** [B, T, U]: the same of `c`. LSTM alone; left out, it counts as 0. */
  readonly dc?: T | undefined;
}

/** Outputs of {@link RECURRENT_BACKWARD}. Its kernel gives them as an array, in this order. */
export interface RecurrentBackwardOutputs<T> {
  /** [R, G·U], summed over the timesteps that read a row. */
  readonly dProjections: T;
  /** [U, G·U] */
  readonly dRecurrentKernel: T;
  /** [G·U] with a `recurrentBias`, else [0]. */
  readonly dRecurrentBias: T;
  /** [B, U] */
  readonly dh0: T;
  /** [B, U] for LSTM, else [0]. */
  readonly dc0: T;
  /** [B, T, U]: the whole ∂L/∂h_t, own part plus what comes back through time. */
  readonly dhTotal: T;
  /** [B, T, U]: the whole ∂L/∂c_t for LSTM, else [0]. */
  readonly dcTotal: T;
}

/** What the shapes of a kernel's inputs come down to. */
export interface RecurrentSizes {
  readonly batch: number;
  readonly steps: number;
  readonly units: number;
  /** Gates of the cell times units. */
  readonly width: number;
  readonly projectionRows: number;
}
