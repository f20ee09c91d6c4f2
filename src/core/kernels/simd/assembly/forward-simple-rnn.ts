import { activate } from './activations';
import { packedSize, packPanels } from './pack';
import {
  cellAt, isMasked, listActive, openScratch, openSeen, projectionAt, Recurrent, repeatState, scratch,
  spreadRows, timestep, updateSeen,
} from './recurrent';
import { multiplyRows } from './multiply-rows';
import { touchProjection } from './touch';
import { add, LANES, V } from './lanes';
import { at, padded, put, TILE_COLUMNS } from './vector';

/** h = φ(p + h₋·U) */
export function forwardSimpleRnn(p: Recurrent): void {
  const units = p.units, stride = padded(units);
  openScratch(p.scratch);
  const active = scratch(p.batch);
  const state = scratch(p.batch * stride);
  const product = scratch(p.batch * stride);
  const panels = scratch(packedSize(units, units));
  packPanels(p.recurrentKernel, units, false, units, units, panels);
  spreadRows(p, p.h0, state);
  const seen = openSeen(p, state);
  for (let index = 0; index < p.steps; ++index) {
    const t = timestep(p, index);
    const count = listActive(p, t, active);
    multiplyRows(
      count, active, 0, units, seen, stride, panels, stride / TILE_COLUMNS, product, stride, 0, false,
    );
    for (let i = 0; i < count; ++i) {
      touchProjection(p, active, i, count, t, units);
      const b = load<i32>(at(active, i));
      const sum = at(product, i * stride);
      const projection = projectionAt(p, p.projections, b, t, units);
      const h = cellAt(p, p.h, b, t, units);
      for (let u = 0; u < units; u += LANES) {
        const x = add(load<V>(at(sum, u)), load<V>(at(projection, u)));
        const y = activate(x, p.activation);
        store<V>(at(state, b * stride + u), y);
        put(at(h, u), y, units - u);
      }
      updateSeen(p, b, state, seen);
    }
    if (count === p.batch) continue;
    for (let b = 0; b < p.batch; ++b) if (isMasked(p, b, t)) repeatState(p, b, t, state, 0, units);
  }
}
