import { activationSlope } from './activations';
import {
  addToKernel, Chunk, chunkGates, clearSums, giveProjection, isFull, openChunk, passMasked, recallState,
  undropGradients,
} from './backward';
import { packedSize, packPanels } from './pack';
import {
  cellAt, gatherRows, listActive, openScratch, Recurrent, scratch, timestep,
} from './recurrent';
import { multiplyRows } from './multiply-rows';
import { touchSaved } from './touch';
import { add, LANES, mul, V } from './lanes';
import { at, padded, put, TILE_COLUMNS, zeroRow } from './vector';

/** The gradients of `forwardSimpleRnn`. */
export function backwardSimpleRnn(p: Recurrent): void {
  const units = p.units, stride = padded(units);
  openScratch(p.scratch);
  const active = scratch(p.batch);
  const dState = scratch(p.batch * stride);
  const panels = scratch(packedSize(units, units));
  const chunk = openChunk(p, units);
  packPanels(p.recurrentKernel, units, true, units, units, panels);
  zeroRow(dState, p.batch * stride);
  clearSums(p, units);
  for (let index = p.steps - 1; index >= 0; --index) {
    const t = timestep(p, index);
    const count = listActive(p, t, active);
    for (let i = 0; i < count; ++i) {
      touchSaved(p, active, i, count, index, t, units);
      const b = load<i32>(at(active, i));
      const row = chunkGates(chunk, i);
      retreat(p, b, t, at(dState, b * stride), row);
      recallState(p, chunk, i, b, index);
      giveProjection(p, b, t, row, units);
    }
    if (count < p.batch) passMasked(p, t, dState, 0, units);
    multiplyRows(
      count, 0, active, units, chunkGates(chunk, 0), chunk.gateStride, panels, stride / TILE_COLUMNS, dState,
      stride, 0, false,
    );
    undropGradients(p, active, count, dState);
    chunk.filled += count;
    if (index === 0 || isFull(chunk)) {
      addToKernel(p, chunk, chunk.states, 0, units, units);
      chunk.filled = 0;
    }
  }
  gatherRows(p, dState, p.dh0);
}

function retreat(p: Recurrent, b: i32, t: i32, dState: usize, dGates: usize): void {
  const units = p.units;
  const own = cellAt(p, p.dh, b, t, units);
  const total = p.dhTotal ? cellAt(p, p.dhTotal, b, t, units) : 0;
  const h = cellAt(p, p.h, b, t, units);
  for (let u = 0; u < units; u += LANES) {
    const dh = add(load<V>(at(dState, u)), load<V>(at(own, u)));
    if (total) put(at(total, u), dh, units - u);
    const slope = activationSlope(load<V>(at(h, u)), p.activation);
    put(at(dGates, u), mul(dh, slope), units - u);
  }
}
