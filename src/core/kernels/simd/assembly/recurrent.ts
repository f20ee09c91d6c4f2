import { gemmScratch } from './gemm';
import { at, copyRow, mulRow, padded, zeroRow } from './vector';

/**
 * What a recurrent kernel works on: the contract's inputs, outputs and attributes as addresses and
 * numbers, in the order in which the caller writes them to memory. An address of 0 stands for an
 * input that is left out. Everything is contiguous and row-major.
 */
@unmanaged
export class Recurrent {
  batch: i32;
  steps: i32;
  units: i32;
  projectionRows: i32;
  activation: i32;
  recurrentActivation: i32;
  resetAfter: i32;
  goBackwards: i32;
  projections: usize;
  rows: usize;
  recurrentKernel: usize;
  recurrentBias: usize;
  h0: usize;
  c0: usize;
  mask: usize;
  recurrentDropout: usize;
  h: usize;
  c: usize;
  gates: usize;
  inner: usize;
  dh: usize;
  dc: usize;
  dProjections: usize;
  dRecurrentKernel: usize;
  dRecurrentBias: usize;
  dh0: usize;
  dc0: usize;
  dhTotal: usize;
  dcTotal: usize;
  scratch: usize;
}

/** Rows that are collected before their product goes into the kernel's gradient. */
export const CHUNK: i32 = 256;

/**
 * Bytes of scratch that any recurrent kernel needs, as an f64 since it may pass 2^31.
 *
 * @param gates blocks of the gate axis
 */
export function recurrentScratch(batch: i32, units: i32, gates: i32): f64 {
  const width = padded(gates * units) + 8 * gates;
  const state = padded(units);
  const rows: f64 = <f64>(2 * CHUNK + 2 * batch);
  const floats: f64 =
    <f64>(2 * units + 8) * <f64>width + rows * <f64>(width + 2 * state) + 8.0 * <f64>batch * <f64>state;
  return <f64>gemmScratch() + 4.0 * floats + 4.0 * <f64>batch + 1024.0;
}

let top: usize = 0;

/** Starts to hand out a kernel's scratch from its beginning. */
export function openScratch(start: usize): void {
  top = start;
}

/** The next `floats` of the scratch, aligned to 16 bytes. */
export function scratch(floats: i32): usize {
  const start = top;
  top += ((<usize>floats << 2) + 15) & ~15;
  return start;
}

/** The timestep that is read at step `index`. */
// @ts-ignore: decorator
@inline
export function timestep(p: Recurrent, index: i32): i32 {
  return p.goBackwards ? p.steps - 1 - index : index;
}

/** Where timestep t of row b lies in a tensor of shape [batch, steps, width]. */
// @ts-ignore: decorator
@inline
export function cellAt(p: Recurrent, tensor: usize, b: i32, t: i32, width: i32): usize {
  return at(tensor, (b * p.steps + t) * width);
}

/** Where the projection that timestep t of row b reads lies in a tensor of shape [rows, width]. */
// @ts-ignore: decorator
@inline
export function projectionAt(p: Recurrent, tensor: usize, b: i32, t: i32, width: i32): usize {
  const step = b * p.steps + t;
  return at(tensor, (p.rows ? load<i32>(at(p.rows, step)) : step) * width);
}

/** Where the state before the step lies: in what the previous step put out, or at the start. */
// @ts-ignore: decorator
@inline
export function before(p: Recurrent, states: usize, start: usize, b: i32, index: i32): usize {
  if (index === 0) return at(start, b * p.units);
  return cellAt(p, states, b, timestep(p, index - 1), p.units);
}

// @ts-ignore: decorator
@inline
export function isMasked(p: Recurrent, b: i32, t: i32): bool {
  return p.mask !== 0 && load<i32>(at(p.mask, b * p.steps + t)) === 0;
}

/**
 * Lists the rows of the batch that timestep t is not masked for, so that the matrix product covers
 * those alone.
 *
 * @returns how many
 */
export function listActive(p: Recurrent, t: i32, list: usize): i32 {
  let count = 0;
  for (let b = 0; b < p.batch; ++b) {
    if (isMasked(p, b, t)) continue;
    store<i32>(at(list, count), b);
    ++count;
  }
  return count;
}

/** Copies [batch, units] into rows that hold whole tiles. */
export function spreadRows(p: Recurrent, from: usize, to: usize): void {
  const stride = padded(p.units);
  for (let b = 0; b < p.batch; ++b) copyRow(at(to, b * stride), at(from, b * p.units), p.units);
}

/** Copies rows that hold whole tiles into [batch, units]. */
export function gatherRows(p: Recurrent, from: usize, to: usize): void {
  const stride = padded(p.units);
  for (let b = 0; b < p.batch; ++b) copyRow(at(to, b * p.units), at(from, b * stride), p.units);
}

/** The states as the next step sees them: themselves, or a copy that dropout scales. */
export function openSeen(p: Recurrent, state: usize): usize {
  if (!p.recurrentDropout) return state;
  const seen = scratch(p.batch * padded(p.units));
  for (let b = 0; b < p.batch; ++b) updateSeen(p, b, state, seen);
  return seen;
}

/** After row b of the states has changed. */
// @ts-ignore: decorator
@inline
export function updateSeen(p: Recurrent, b: i32, state: usize, seen: usize): void {
  if (seen === state) return;
  const row = b * padded(p.units);
  mulRow(at(seen, row), at(state, row), factorsOf(p, b), p.units);
}

/** Where dropout's factors for row b lie. */
// @ts-ignore: decorator
@inline
export function factorsOf(p: Recurrent, b: i32): usize {
  return at(p.recurrentDropout, b * p.units);
}

/** What a masked step puts out: the state that it repeats, and no gates. */
export function repeatState(
  p: Recurrent,
  b: i32,
  t: i32,
  state: usize,
  cellState: usize,
  width: i32,
): void {
  const from = b * padded(p.units);
  copyRow(cellAt(p, p.h, b, t, p.units), at(state, from), p.units);
  if (cellState) copyRow(cellAt(p, p.c, b, t, p.units), at(cellState, from), p.units);
  if (p.gates) zeroRow(cellAt(p, p.gates, b, t, width), width);
  if (p.inner) zeroRow(cellAt(p, p.inner, b, t, p.units), p.units);
}
