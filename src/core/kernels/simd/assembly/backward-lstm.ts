import { activate, activationSlope, gateSlope } from './activations';
import {
  addToKernel, Chunk, chunkGates, clearSums, giveProjection, isFull, openChunk, passMasked, recallState,
  undropGradients,
} from './backward';
import { packedSize, packPanels } from './pack';
import {
  before, cellAt, gatherRows, listActive, openScratch, Recurrent, scratch, timestep,
} from './recurrent';
import { multiplyRows } from './multiply-rows';
import { touchSaved } from './touch';
import { add, fma, LANES, mul, V } from './lanes';
import { at, padded, put, TILE_COLUMNS, zeroRow } from './vector';

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
      recallState(p, chunk, i, b, index);
      giveProjection(p, b, t, row, width);
    }
    if (count < p.batch) passMasked(p, t, dState, dCell, width);
    multiplyRows(
      count, 0, active, width, chunkGates(chunk, 0), chunk.gateStride, panels, stride / TILE_COLUMNS, dState,
      stride, 0, false,
    );
    undropGradients(p, active, count, dState);
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
  const total = p.dhTotal ? cellAt(p, p.dhTotal, b, t, units) : 0;
  const totalCell = p.dcTotal ? cellAt(p, p.dcTotal, b, t, units) : 0;
  const cells = cellAt(p, p.c, b, t, units);
  const cellsBefore = before(p, p.c, p.c0, b, index);
  for (let u = 0; u < units; u += LANES) {
    const left = units - u;
    const fAt = u + units, gAt = fAt + units, oAt = gAt + units;
    const i = load<V>(at(gates, u)), f = load<V>(at(gates, fAt));
    const g = load<V>(at(gates, gAt)), o = load<V>(at(gates, oAt));
    const dh = add(load<V>(at(dState, u)), load<V>(at(own, u)));
    if (total) put(at(total, u), dh, left);
    const y = activate(load<V>(at(cells, u)), activation);
    let dc = load<V>(at(dCell, u));
    if (ownCell) dc = add(dc, load<V>(at(ownCell, u)));
    dc = fma(mul(dh, o), activationSlope(y, activation), dc);
    if (totalCell) put(at(totalCell, u), dc, left);
    store<V>(at(dCell, u), mul(dc, f));
    const old = load<V>(at(cellsBefore, u));
    const di = mul(mul(dc, g), gateSlope(i, recurrentActivation));
    const df = mul(mul(dc, old), gateSlope(f, recurrentActivation));
    const dg = mul(mul(dc, i), activationSlope(g, activation));
    const dO = mul(mul(dh, y), gateSlope(o, recurrentActivation));
    put(at(dGates, u), di, left);
    put(at(dGates, fAt), df, left);
    put(at(dGates, gAt), dg, left);
    put(at(dGates, oAt), dO, left);
  }
}
