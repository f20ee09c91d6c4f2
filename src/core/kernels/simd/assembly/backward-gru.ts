import { activationSlope, gateSlope } from './activations';
import {
  addToKernel, Chunk, chunkGates, chunkState, clearSums, giveProjection, isFull, openChunk, passMasked,
} from './backward';
import { constant, ONE } from './constants';
import { packedSize, packPanels } from './pack';
import {
  before, cellAt, gatherRows, listActive, openScratch, Recurrent, scratch, timestep,
} from './recurrent';
import { multiplyRows } from './multiply-rows';
import { touchSaved } from './touch';
import { addRow, at, copyRow, fma, LANES, padded, put, zeroRow } from './vector';

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
      const old = before(p, p.h, p.h0, b, index);
      retreatAfter(p, b, t, old, at(dState, b * stride), own, row);
      copyRow(chunkState(chunk, i), old, units);
      giveProjection(p, b, t, own, width);
      addRow(p.dRecurrentBias, row, width);
    }
    if (count < p.batch) passMasked(p, t, dState, 0, width);
    multiplyRows(
      count, 0, active, width, chunkGates(chunk, 0), chunk.gateStride, panels, stride >> 3, dState,
      stride, 0, true,
    );
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
  const total = cellAt(p, p.dhTotal, b, t, units);
  for (let u = 0; u < units; u += LANES) {
    const left = units - u;
    const rAt = u + units, gAt = rAt + units;
    const z = v128.load(at(gates, u)), r = v128.load(at(gates, rAt)), g = v128.load(at(gates, gAt));
    const d = f32x4.add(v128.load(at(dState, u)), v128.load(at(dh, u)));
    put(at(total, u), d, left);
    v128.store(at(dState, u), f32x4.mul(d, z));
    const difference = f32x4.sub(v128.load(at(old, u)), g);
    const dz = f32x4.mul(f32x4.mul(d, difference), gateSlope(z, p.recurrentActivation));
    const slope = activationSlope(g, p.activation);
    const dg = f32x4.mul(f32x4.mul(d, f32x4.sub(constant(ONE), z)), slope);
    const reset = f32x4.mul(dg, v128.load(at(inner, u)));
    const dr = f32x4.mul(reset, gateSlope(r, p.recurrentActivation));
    put(at(dOwn, u), dz, left);
    put(at(dOwn, rAt), dr, left);
    put(at(dOwn, gAt), dg, left);
    put(at(dGates, u), dz, left);
    put(at(dGates, rAt), dr, left);
    put(at(dGates, gAt), f32x4.mul(dg, r), left);
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
      const old = before(p, p.h, p.h0, b, index);
      const reset = at(resetStates, (chunk.filled + i) * stride);
      retreatCandidate(p, b, t, old, at(dState, b * stride), chunkGates(chunk, i), reset);
      copyRow(chunkState(chunk, i), old, units);
    }
    multiplyRows(
      count, 0, 0, units, at(chunkGates(chunk, 0), 2 * units), chunk.gateStride, candidatePanels,
      stride >> 3, dReset, stride, 0, false,
    );
    for (let i = 0; i < count; ++i) {
      const b = load<i32>(at(active, i));
      const row = chunkGates(chunk, i);
      retreatReset(p, b, t, chunkState(chunk, i), at(dReset, i * stride), at(dState, b * stride), row);
      giveProjection(p, b, t, row, width);
    }
    if (count < p.batch) passMasked(p, t, dState, 0, width);
    multiplyRows(
      count, 0, active, 2 * units, chunkGates(chunk, 0), chunk.gateStride, panels, stride >> 3, dState,
      stride, 0, true,
    );
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
  const total = cellAt(p, p.dhTotal, b, t, units);
  for (let u = 0; u < units; u += LANES) {
    const left = units - u;
    const z = v128.load(at(gates, u)), r = v128.load(at(gates, u + units));
    const g = v128.load(at(gates, u + 2 * units)), h = v128.load(at(old, u));
    const d = f32x4.add(v128.load(at(dState, u)), v128.load(at(dh, u)));
    put(at(total, u), d, left);
    v128.store(at(dState, u), f32x4.mul(d, z));
    v128.store(at(resetState, u), f32x4.mul(r, h));
    const dz = f32x4.mul(f32x4.mul(d, f32x4.sub(h, g)), gateSlope(z, p.recurrentActivation));
    const slope = activationSlope(g, p.activation);
    put(at(dGates, u), dz, left);
    const dg = f32x4.mul(f32x4.mul(d, f32x4.sub(constant(ONE), z)), slope);
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
    const r = v128.load(at(gates, u + units));
    const d = v128.load(at(dReset, u));
    v128.store(at(dState, u), fma(d, r, v128.load(at(dState, u))));
    const dr = f32x4.mul(f32x4.mul(d, v128.load(at(old, u))), gateSlope(r, p.recurrentActivation));
    put(at(dGates, u + units), dr, units - u);
  }
}
