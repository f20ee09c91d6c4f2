import type { RecurrentAttrs } from './recurrent-contract.ts';

/** float32 as the backends compute, or float64 to check them. */
export type Floats = Float32Array | Float64Array;

/** One timestep of one row of the batch. The arrays are views: a cell writes its results in place. */
export interface ForwardStep {
  readonly attrs: RecurrentAttrs;
  /** [G·U]: x·W + b. */
  readonly projection: Floats;
  /** [U, G·U] */
  readonly recurrentKernel: Floats;
  /** [G·U] where the cell has one. */
  readonly recurrentBias: Floats;
  /** [U]: the state before the step. */
  readonly previous: State;
  /** [U], written: the state after the step. */
  readonly next: State;
  /** [G·U], written. */
  readonly gates: Floats;
  /** [U], written where the cell has one. */
  readonly inner: Floats;
  /** [G·U], anything: room for a cell's own sums. */
  readonly scratch: Floats;
}

/** The same timestep on the way back. */
export interface BackwardStep extends Omit<ForwardStep, 'projection' | 'recurrentBias'> {
  /** [U]: the whole gradient of `next`. LSTM adds to `c` what it gets from `h`. */
  readonly dNext: State;
  /** [U], added to: the gradient of `previous`, which may have one of its own already. */
  readonly dPrevious: State;
  /** [G·U], written: the gradient of `projection`. */
  readonly dProjection: Floats;
  /** [U, G·U], added to. */
  readonly dRecurrentKernel: Floats;
  /** [G·U], added to where the cell has one. */
  readonly dRecurrentBias: Floats;
}

/** `c` is empty where the cell has none. */
export interface State {
  readonly h: Floats;
  readonly c: Floats;
}

/** The arithmetic of a cell, one timestep at a time. */
export interface CellReference {
  readonly forward: (step: ForwardStep) => void;
  readonly backward: (step: BackwardStep) => void;
}

/** Columns of the recurrent kernel, `from` up to but not including `to`. */
interface Columns {
  readonly from: number;
  readonly to: number;
}

const all = (row: Floats): Columns => ({ from: 0, to: row.length });

/** sums += x · matrix, for x [U], matrix [U, W] and the chosen columns of sums [W]. */
export function addProduct(sums: Floats, x: Floats, matrix: Floats, columns = all(sums)): void {
  const width = sums.length;
  for (let i = 0; i < x.length; i++) {
    const xi = x[i]!;
    const row = i * width;
    for (let j = columns.from; j < columns.to; j++) sums[j]! += xi * matrix[row + j]!;
  }
}

/** x += y · matrixᵀ: the way back through {@link addProduct} to its x. */
export function addProductTransposed(x: Floats, y: Floats, matrix: Floats, columns = all(y)): void {
  const width = y.length;
  for (let i = 0; i < x.length; i++) {
    const row = i * width;
    let sum = 0;
    for (let j = columns.from; j < columns.to; j++) sum += y[j]! * matrix[row + j]!;
    x[i]! += sum;
  }
}

/** matrix += xᵀ · y: the way back through {@link addProduct} to its matrix. */
export function addOuterProduct(matrix: Floats, x: Floats, y: Floats, columns = all(y)): void {
  const width = y.length;
  for (let i = 0; i < x.length; i++) {
    const xi = x[i]!;
    const row = i * width;
    for (let j = columns.from; j < columns.to; j++) matrix[row + j]! += xi * y[j]!;
  }
}

/** to += from, element by element. */
export function addTo(to: Floats, from: Floats): void {
  for (let i = 0; i < to.length; i++) to[i]! += from[i]!;
}

/** to += from ∘ factors, element by element. */
export function addProductOf(to: Floats, from: Floats, factors: Floats): void {
  for (let i = 0; i < to.length; i++) to[i]! += from[i]! * factors[i]!;
}
