import { activate, activationSlope, gateSlope } from './activations';
import {
  addToKernel, Chunk, chunkGates, chunkState, clearSums, giveProjection, isFull, openChunk, passMasked,
} from './backward';
import { packedSize, packPanels } from './pack';
import {
  before, cellAt, gatherRows, listActive, openScratch, Recurrent, scratch, timestep,
} from './recurrent';
import { multiplyRows } from './multiply-rows';
import { touchSaved } from './touch';
import { at, copyRow, fma, LANES, padded, put, zeroRow } from './vector';

/** The gradients of `forwardLstm`. */
export function backwardLstm(p: Recurrent): void {
  const units = p.units, stride = padded(units), width = 4 * units;
  openScratch(p.scratch);
  const active = scratch(p.batch);
  const dState = scratch(p.batch * stride);
  const dCell = scratch(p.batch * stride);
  const panels = scratch(packedSize(width, units));
  const chunk = openChunk(p, width);
  packPanels(p.recurrentKernel, width, true, width, units, panels);
  zeroRow(dState, p.batch * stride);
  zeroRow(dCell, p.batch * stride);
  clearSums(p, width);
  for (let index = p.steps - 1; index >= 0; --index) {
    const t = timestep(p, index);
    const count = listActive(p, t, active);
    for (let i = 0; i < count; ++i) {
      touchSaved(p, active, i, count, index, t, width);
      const b = load<i32>(at(active, i));
      const row = chunkGates(chunk, i);
      retreat(p, b, t, index, at(dState, b * stride), at(dCell, b * stride), row);
      copyRow(chunkState(chunk, i), before(p, p.h, p.h0, b, index), units);
      giveProjection(p, b, t, row, width);
    }
    if (count < p.batch) passMasked(p, t, dState, dCell, width);
    multiplyRows(
      count, 0, active, width, chunkGates(chunk, 0), chunk.gateStride, panels, stride >> 3, dState,
      stride, 0, false,
    );
    chunk.filled += count;
    if (index === 0 || isFull(chunk)) {
      addToKernel(p, chunk, chunk.states, 0, width, width);
      chunk.filled = 0;
    }
  }
  gatherRows(p, dState, p.dh0);
  gatherRows(p, dCell, p.dc0);
}

function retreat(
  p: Recurrent,
  b: i32,
  t: i32,
  index: i32,
  dState: usize,
  dCell: usize,
  dGates: usize,
): void {
  const units = p.units, width = 4 * units;
  const activation = p.activation, recurrentActivation = p.recurrentActivation;
  const gates = cellAt(p, p.gates, b, t, width);
  const own = cellAt(p, p.dh, b, t, units);
  const ownCell = p.dc ? cellAt(p, p.dc, b, t, units) : 0;
  const total = cellAt(p, p.dhTotal, b, t, units);
  const totalCell = cellAt(p, p.dcTotal, b, t, units);
  const cells = cellAt(p, p.c, b, t, units);
  const cellsBefore = before(p, p.c, p.c0, b, index);
  for (let u = 0; u < units; u += LANES) {
    const left = units - u;
    const fAt = u + units, gAt = fAt + units, oAt = gAt + units;
    const i = v128.load(at(gates, u)), f = v128.load(at(gates, fAt));
    const g = v128.load(at(gates, gAt)), o = v128.load(at(gates, oAt));
    const dh = f32x4.add(v128.load(at(dState, u)), v128.load(at(own, u)));
    put(at(total, u), dh, left);
    const y = activate(v128.load(at(cells, u)), activation);
    let dc = v128.load(at(dCell, u));
    if (ownCell) dc = f32x4.add(dc, v128.load(at(ownCell, u)));
    dc = fma(f32x4.mul(dh, o), activationSlope(y, activation), dc);
    put(at(totalCell, u), dc, left);
    v128.store(at(dCell, u), f32x4.mul(dc, f));
    const old = v128.load(at(cellsBefore, u));
    const di = f32x4.mul(f32x4.mul(dc, g), gateSlope(i, recurrentActivation));
    const df = f32x4.mul(f32x4.mul(dc, old), gateSlope(f, recurrentActivation));
    const dg = f32x4.mul(f32x4.mul(dc, i), activationSlope(g, activation));
    const dO = f32x4.mul(f32x4.mul(dh, y), gateSlope(o, recurrentActivation));
    put(at(dGates, u), di, left);
    put(at(dGates, fAt), df, left);
    put(at(dGates, gAt), dg, left);
    put(at(dGates, oAt), dO, left);
  }
}
