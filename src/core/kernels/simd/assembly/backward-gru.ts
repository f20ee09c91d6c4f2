import { activationSlope, gateSlope } from './activations';
import {
  addToKernel, Chunk, chunkGates, chunkState, clearSums, giveProjection, isFull, openChunk, passMasked,
  recallState, undropGradients,
} from './backward';
import { constant, ONE } from './constants';
import { packedSize, packPanels } from './pack';
import {
  cellAt, gatherRows, listActive, openScratch, Recurrent, scratch, timestep,
} from './recurrent';
import { multiplyRows } from './multiply-rows';
import { touchSaved } from './touch';
import { add, fma, LANES, mul, sub, V } from './lanes';
import { addRow, at, padded, put, TILE_COLUMNS, zeroRow } from './vector';

/** The gradients of `forwardGru` with the reset gate after the product. */
export function backwardGruAfter(p: Recurrent): void {
  const units = p.units, stride = padded(units), width = 3 * units;
  openScratch(p.scratch);
  const active = scratch(p.batch);
  const dState = scratch(p.batch * stride);
  const panels = scratch(packedSize(width, units));
  // The product's side of the candidate differs from the projection's by the reset gate.
  const own = scratch(padded(width));
  const chunk = openChunk(p, width);
  packPanels(p.recurrentKernel, width, true, width, units, panels);
  zeroRow(dState, p.batch * stride);
  clearSums(p, width);
  for (let index = p.steps - 1; index >= 0; --index) {
    const t = timestep(p, index);
    const count = listActive(p, t, active);
    for (let i = 0; i < count; ++i) {
      touchSaved(p, active, i, count, index, t, width);
      const b = load<i32>(at(active, i));
      const row = chunkGates(chunk, i);
      recallState(p, chunk, i, b, index);
      retreatAfter(p, b, t, chunkState(chunk, i), at(dState, b * stride), own, row);
      giveProjection(p, b, t, own, width);
      addRow(p.dRecurrentBias, row, width);
    }
    if (count < p.batch) passMasked(p, t, dState, 0, width);
    multiplyRows(
      count, 0, active, width, chunkGates(chunk, 0), chunk.gateStride, panels, stride / TILE_COLUMNS, dState,
      stride, 0, true,
    );
    undropGradients(p, active, count, dState);
    chunk.filled += count;
    if (index === 0 || isFull(chunk)) {
      addToKernel(p, chunk, chunk.states, 0, width, width);
      chunk.filled = 0;
    }
  }
  gatherRows(p, dState, p.dh0);
}

function retreatAfter(
  p: Recurrent,
  b: i32,
  t: i32,
  old: usize,
  dState: usize,
  dOwn: usize,
  dGates: usize,
): void {
  const units = p.units, width = 3 * units;
  const gates = cellAt(p, p.gates, b, t, width);
  const inner = cellAt(p, p.inner, b, t, units);
  const dh = cellAt(p, p.dh, b, t, units);
  const total = p.dhTotal ? cellAt(p, p.dhTotal, b, t, units) : 0;
  for (let u = 0; u < units; u += LANES) {
    const left = units - u;
    const rAt = u + units, gAt = rAt + units;
    const z = load<V>(at(gates, u)), r = load<V>(at(gates, rAt)), g = load<V>(at(gates, gAt));
    const d = add(load<V>(at(dState, u)), load<V>(at(dh, u)));
    if (total) put(at(total, u), d, left);
    store<V>(at(dState, u), mul(d, z));
    const difference = sub(load<V>(at(old, u)), g);
    const dz = mul(mul(d, difference), gateSlope(z, p.recurrentActivation));
    const slope = activationSlope(g, p.activation);
    const dg = mul(mul(d, sub(constant(ONE), z)), slope);
    const reset = mul(dg, load<V>(at(inner, u)));
    const dr = mul(reset, gateSlope(r, p.recurrentActivation));
    put(at(dOwn, u), dz, left);
    put(at(dOwn, rAt), dr, left);
    put(at(dOwn, gAt), dg, left);
    put(at(dGates, u), dz, left);
    put(at(dGates, rAt), dr, left);
    put(at(dGates, gAt), mul(dg, r), left);
  }
}

/** The gradients of `forwardGru` with the reset gate before the product. */
export function backwardGruBefore(p: Recurrent): void {
  const units = p.units, stride = padded(units), width = 3 * units;
  openScratch(p.scratch);
  const active = scratch(p.batch);
  const dState = scratch(p.batch * stride);
  const dReset = scratch(p.batch * stride);
  const panels = scratch(packedSize(2 * units, units));
  const candidatePanels = scratch(packedSize(units, units));
  const chunk = openChunk(p, width);
  // The candidate's product read the reset states.
  const resetStates = scratch((chunk.gates - chunk.states) as i32 >> 2);
  packPanels(p.recurrentKernel, width, true, 2 * units, units, panels);
  packPanels(at(p.recurrentKernel, 2 * units), width, true, units, units, candidatePanels);
  zeroRow(dState, p.batch * stride);
  clearSums(p, width);
  for (let index = p.steps - 1; index >= 0; --index) {
    const t = timestep(p, index);
    const count = listActive(p, t, active);
    for (let i = 0; i < count; ++i) {
      touchSaved(p, active, i, count, index, t, width);
      const b = load<i32>(at(active, i));
      recallState(p, chunk, i, b, index);
      const old = chunkState(chunk, i);
      const reset = at(resetStates, (chunk.filled + i) * stride);
      retreatCandidate(p, b, t, old, at(dState, b * stride), chunkGates(chunk, i), reset);
    }
    multiplyRows(
      count, 0, 0, units, at(chunkGates(chunk, 0), 2 * units), chunk.gateStride, candidatePanels,
      stride / TILE_COLUMNS, dReset, stride, 0, false,
    );
    for (let i = 0; i < count; ++i) {
      const b = load<i32>(at(active, i));
      const row = chunkGates(chunk, i);
      retreatReset(p, b, t, chunkState(chunk, i), at(dReset, i * stride), at(dState, b * stride), row);
      giveProjection(p, b, t, row, width);
    }
    if (count < p.batch) passMasked(p, t, dState, 0, width);
    multiplyRows(
      count, 0, active, 2 * units, chunkGates(chunk, 0), chunk.gateStride, panels, stride / TILE_COLUMNS, dState,
      stride, 0, true,
    );
    undropGradients(p, active, count, dState);
    chunk.filled += count;
    if (index === 0 || isFull(chunk)) {
      addToKernel(p, chunk, chunk.states, 0, 2 * units, width);
      addToKernel(p, chunk, resetStates, 2 * units, units, width);
      chunk.filled = 0;
    }
  }
  gatherRows(p, dState, p.dh0);
}

function retreatCandidate(
  p: Recurrent,
  b: i32,
  t: i32,
  old: usize,
  dState: usize,
  dGates: usize,
  resetState: usize,
): void {
  const units = p.units, width = 3 * units;
  const gates = cellAt(p, p.gates, b, t, width);
  const dh = cellAt(p, p.dh, b, t, units);
  const total = p.dhTotal ? cellAt(p, p.dhTotal, b, t, units) : 0;
  for (let u = 0; u < units; u += LANES) {
    const left = units - u;
    const z = load<V>(at(gates, u)), r = load<V>(at(gates, u + units));
    const g = load<V>(at(gates, u + 2 * units)), h = load<V>(at(old, u));
    const d = add(load<V>(at(dState, u)), load<V>(at(dh, u)));
    if (total) put(at(total, u), d, left);
    store<V>(at(dState, u), mul(d, z));
    store<V>(at(resetState, u), mul(r, h));
    const dz = mul(mul(d, sub(h, g)), gateSlope(z, p.recurrentActivation));
    const slope = activationSlope(g, p.activation);
    put(at(dGates, u), dz, left);
    const dg = mul(mul(d, sub(constant(ONE), z)), slope);
    put(at(dGates, u + 2 * units), dg, left);
  }
}

function retreatReset(
  p: Recurrent,
  b: i32,
  t: i32,
  old: usize,
  dReset: usize,
  dState: usize,
  dGates: usize,
): void {
  const units = p.units;
  const gates = cellAt(p, p.gates, b, t, 3 * units);
  for (let u = 0; u < units; u += LANES) {
    const r = load<V>(at(gates, u + units));
    const d = load<V>(at(dReset, u));
    store<V>(at(dState, u), fma(d, r, load<V>(at(dState, u))));
    const dr = mul(mul(d, load<V>(at(old, u))), gateSlope(r, p.recurrentActivation));
    put(at(dGates, u + units), dr, units - u);
  }
}
