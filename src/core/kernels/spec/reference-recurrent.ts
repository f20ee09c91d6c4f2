import type {
  CellKind,
  RecurrentAttrs,
  RecurrentBackwardInputs,
  RecurrentBackwardOutputs,
  RecurrentForwardInputs,
  RecurrentForwardOutputs,
  RecurrentSizes,
} from './recurrent-contract.ts';
import { gru } from './reference-gru.ts';
import { lstm } from './reference-lstm.ts';
import { simpleRnn } from './reference-simple-rnn.ts';
import { addProductOf, addTo, type CellReference, type Floats } from './reference-step.ts';

const CELLS: Readonly<Record<CellKind, CellReference>> = {
  SimpleRNN: simpleRnn,
  LSTM: lstm,
  GRU: gru,
};

/** Row-major values of a kernel's inputs: words and masks as integers, the rest in one float type. */
type Values<Inputs, A> = {
  readonly [Name in keyof Inputs]: Name extends 'rows' | 'mask' ? Int32Array | undefined : A;
};
export type ForwardValues<A extends Floats> = Values<RecurrentForwardInputs<A>, A>;
export type BackwardValues<A extends Floats> = Values<RecurrentBackwardInputs<A>, A>;

/**
 * The plain form of the RecurrentForward kernel: row by row, step by step, no cleverness. Backends
 * are checked against it; in float64 it is exact enough to check gradients by finite differences.
 *
 * @param inputs values, shaped as {@link RecurrentForwardInputs} says and checked beforehand
 */
export function recurrentForwardReference<A extends Floats>(
  inputs: ForwardValues<A>,
  attrs: RecurrentAttrs,
  sizes: RecurrentSizes,
): RecurrentForwardOutputs<A> {
  const { batch, steps, units, width } = sizes;
  const { cell, resetAfter } = attrs;
  const like = inputs.projections;
  const none = zeros(like, 0);
  const h = zeros(like, batch * steps * units);
  const c = cell === 'LSTM' ? zeros(like, h.length) : none;
  const gates = cell === 'SimpleRNN' ? none : zeros(like, batch * steps * width);
  const inner = cell === 'GRU' && resetAfter ? zeros(like, h.length) : none;
  const scratch = zeros(like, width);
  const seen = zeros(like, units);

  for (let row = 0; row < batch; row++) {
    const kept = inputs.recurrentDropout && part(inputs.recurrentDropout, row, units);
    let previous = { h: part(inputs.h0, row, units), c: part(inputs.c0 ?? none, row, units) };
    for (let read = 0; read < steps; read++) {
      const index = row * steps + timestep(read, sizes, attrs);
      const next = { h: part(h, index, units), c: part(c, index, units) };
      if (inputs.mask?.[index] === 0) {
        next.h.set(previous.h);
        next.c.set(previous.c);
      } else {
        CELLS[cell].forward({
          attrs,
          projection: part(inputs.projections, inputs.rows?.[index] ?? index, width),
          recurrentKernel: inputs.recurrentKernel,
          recurrentBias: inputs.recurrentBias ?? none,
          previous: kept ? { h: scaled(seen, previous.h, kept), c: previous.c } : previous,
          next,
          gates: part(gates, index, width),
          inner: part(inner, index, units),
          scratch,
        });
      }
      previous = next;
    }
  }
  return { h, c, gates, inner };
}

/**
 * The plain form of the RecurrentBackward kernel: back-propagation through time (Werbos, 1990), from
 * the last step that was read to the first.
 *
 * @param inputs values, shaped as {@link RecurrentBackwardInputs} says and checked beforehand
 */
export function recurrentBackwardReference<A extends Floats>(
  inputs: BackwardValues<A>,
  attrs: RecurrentAttrs,
  sizes: RecurrentSizes,
): RecurrentBackwardOutputs<A> {
  const { batch, steps, units, width } = sizes;
  const like = inputs.dh;
  const none = zeros(like, 0);
  const c0 = inputs.c0 ?? none;
  const out: RecurrentBackwardOutputs<A> = {
    dProjections: zeros(like, sizes.projectionRows * width),
    dRecurrentKernel: zeros(like, units * width),
    dRecurrentBias: zeros(like, inputs.recurrentBias?.length ?? 0),
    dh0: zeros(like, batch * units),
    dc0: zeros(like, c0.length),
    dhTotal: like.slice() as A,
    dcTotal: inputs.dc ? (inputs.dc.slice() as A) : zeros(like, inputs.c.length),
  };
  const dProjection = zeros(like, width);
  const scratch = zeros(like, width);
  const seen = zeros(like, units);
  const dSeen = zeros(like, units);

  for (let row = 0; row < batch; row++) {
    const kept = inputs.recurrentDropout && part(inputs.recurrentDropout, row, units);
    const first = { h: part(inputs.h0, row, units), c: part(c0, row, units) };
    const dFirst = { h: part(out.dh0, row, units), c: part(out.dc0, row, units) };
    for (let read = steps - 1; read >= 0; read--) {
      const index = row * steps + timestep(read, sizes, attrs);
      const before = row * steps + timestep(read - 1, sizes, attrs);
      const stateAt = (at: number) => ({
        h: part(inputs.h, at, units),
        c: part(inputs.c, at, units),
      });
      const gradientAt = (at: number) => ({
        h: part(out.dhTotal, at, units),
        c: part(out.dcTotal, at, units),
      });
      const dNext = gradientAt(index);
      const dPrevious = read > 0 ? gradientAt(before) : dFirst;
      if (inputs.mask?.[index] === 0) {
        addTo(dPrevious.h, dNext.h);
        addTo(dPrevious.c, dNext.c);
        continue;
      }
      const previous = read > 0 ? stateAt(before) : first;
      dSeen.fill(0);
      CELLS[attrs.cell].backward({
        attrs,
        recurrentKernel: inputs.recurrentKernel,
        previous: kept ? { h: scaled(seen, previous.h, kept), c: previous.c } : previous,
        next: stateAt(index),
        gates: part(inputs.gates, index, width),
        inner: part(inputs.inner, index, units),
        dNext,
        dPrevious: kept ? { h: dSeen, c: dPrevious.c } : dPrevious,
        dProjection,
        dRecurrentKernel: out.dRecurrentKernel,
        dRecurrentBias: out.dRecurrentBias,
        scratch,
      });
      if (kept) addProductOf(dPrevious.h, dSeen, kept);
      addTo(part(out.dProjections, inputs.rows?.[index] ?? index, width), dProjection);
    }
  }
  return out;
}

/** Where in the sequence the step that is read as number `read` stands. */
function timestep(
  read: number,
  { steps }: RecurrentSizes,
  { goBackwards }: RecurrentAttrs,
): number {
  return goBackwards ? steps - 1 - read : read;
}

/** Number `index` of the parts of `size` elements, as a view; of an empty array, an empty view. */
function part(array: Floats, index: number, size: number): Floats {
  return array.subarray(index * size, (index + 1) * size);
}

/** to = state ∘ factors: what a step sees of a state that is dropped in part. */
function scaled(to: Floats, state: Floats, factors: Floats): Floats {
  for (let u = 0; u < to.length; u++) to[u] = state[u]! * factors[u]!;
  return to;
}

function zeros<A extends Floats>(like: A, length: number): A {
  return (like instanceof Float64Array ? new Float64Array(length) : new Float32Array(length)) as A;
}
