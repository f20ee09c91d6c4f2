import { gemm, gemmScratch } from './gemm';
import {
  before, cellAt, CHUNK, factorsOf, isMasked, projectionAt, Recurrent, scratch,
} from './recurrent';
import { addRow, at, copyRow, mulRow, padded, zeroRow } from './vector';

/**
 * Rows of (state before the step, gradient of the gates), collected over steps until there are
 * enough for one efficient product: the recurrent kernel's gradient is the sum of states ᵀ · gates.
 */
@unmanaged
export class Chunk {
  filled: i32;
  stateStride: i32;
  gateStride: i32;
  states: usize;
  gates: usize;
  scratch: usize;
}

/** A chunk in the scratch, empty. Its rows have room for whole tiles and a vector's tail. */
export function openChunk(p: Recurrent, width: i32): Chunk {
  const chunk = changetype<Chunk>(scratch(8));
  const rows = CHUNK + p.batch;
  chunk.filled = 0;
  chunk.stateStride = padded(p.units);
  chunk.gateStride = padded(width);
  chunk.states = scratch(rows * chunk.stateStride);
  chunk.gates = scratch(rows * chunk.gateStride + 4);
  chunk.scratch = scratch(gemmScratch() >> 2);
  return chunk;
}

// @ts-ignore: decorator
@inline
export function chunkGates(chunk: Chunk, row: i32): usize {
  return at(chunk.gates, (chunk.filled + row) * chunk.gateStride);
}

// @ts-ignore: decorator
@inline
export function chunkState(chunk: Chunk, row: i32): usize {
  return at(chunk.states, (chunk.filled + row) * chunk.stateStride);
}

/** Row i of the chunk's states: the one before the step, as the step saw it. */
export function recallState(p: Recurrent, chunk: Chunk, i: i32, b: i32, index: i32): void {
  const to = chunkState(chunk, i);
  const state = before(p, p.h, p.h0, b, index);
  if (p.recurrentDropout) mulRow(to, state, factorsOf(p, b), p.units);
  else copyRow(to, state, p.units);
}

/** From the gradients of the states that the step saw to those of the states before dropout. */
export function undropGradients(p: Recurrent, active: usize, count: i32, dState: usize): void {
  if (!p.recurrentDropout) return;
  for (let i = 0; i < count; ++i) {
    const b = load<i32>(at(active, i));
    const row = at(dState, b * padded(p.units));
    mulRow(row, row, factorsOf(p, b), p.units);
  }
}

/** Whether the next step might not fit. */
// @ts-ignore: decorator
@inline
export function isFull(chunk: Chunk): bool {
  return chunk.filled >= CHUNK;
}

/**
 * Adds statesᵀ · gates over the chunk to columns of the recurrent kernel's gradient.
 *
 * @param states the chunk's own, or others of the same shape
 * @param first,columns which columns
 */
export function addToKernel(
  p: Recurrent,
  chunk: Chunk,
  states: usize,
  first: i32,
  columns: i32,
  width: i32,
): void {
  gemm(
    p.units, columns, chunk.filled, states, chunk.stateStride, true,
    at(chunk.gates, first), chunk.gateStride, false, at(p.dRecurrentKernel, first), width, 0, true,
    chunk.scratch,
  );
}

/** Sets the gradients to 0 that are added up. */
export function clearSums(p: Recurrent, width: i32): void {
  zeroRow(p.dRecurrentKernel, p.units * width);
  if (p.dRecurrentBias) zeroRow(p.dRecurrentBias, width);
  if (p.rows) zeroRow(p.dProjections, p.projectionRows * width);
}

/** Gives a step's gradient to the projection that it read. */
export function giveProjection(p: Recurrent, b: i32, t: i32, from: usize, width: i32): void {
  const to = projectionAt(p, p.dProjections, b, t, width);
  if (p.rows) addRow(to, from, width);
  else copyRow(to, from, width);
}

/**
 * Masked steps: the gradient passes unchanged to the step before, joined by the step's own.
 *
 * @param dState,dCell shape [batch, units] in rows of whole tiles; `dCell` is 0 without a cell state
 */
export function passMasked(p: Recurrent, t: i32, dState: usize, dCell: usize, width: i32): void {
  const stride = padded(p.units);
  for (let b = 0; b < p.batch; ++b) {
    if (!isMasked(p, b, t)) continue;
    const state = at(dState, b * stride);
    addRow(state, cellAt(p, p.dh, b, t, p.units), p.units);
    if (p.dhTotal) copyRow(cellAt(p, p.dhTotal, b, t, p.units), state, p.units);
    if (dCell) {
      const cell = at(dCell, b * stride);
      if (p.dc) addRow(cell, cellAt(p, p.dc, b, t, p.units), p.units);
      if (p.dcTotal) copyRow(cellAt(p, p.dcTotal, b, t, p.units), cell, p.units);
    }
    if (!p.rows) zeroRow(cellAt(p, p.dProjections, b, t, width), width);
  }
}
