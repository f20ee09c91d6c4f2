import { activate, gate } from './activations';
import { packedSize, packPanels } from './pack';
import {
  cellAt, isMasked, listActive, openScratch, openSeen, projectionAt, Recurrent, repeatState, scratch,
  spreadRows, timestep, updateSeen,
} from './recurrent';
import { multiplyRows } from './multiply-rows';
import { touchProjection } from './touch';
import { add, fma, LANES, mul, V } from './lanes';
import { at, padded, put, TILE_COLUMNS } from './vector';

/**
 * i = σ(p_i + h₋·U_i), f = σ(p_f + h₋·U_f), g = φ(p_c + h₋·U_c), o = σ(p_o + h₋·U_o);
 * c = f·c₋ + i·g, h = o·φ(c)
 */
export function forwardLstm(p: Recurrent): void {
  const units = p.units, stride = padded(units);
  const width = 4 * units, productStride = padded(width);
  openScratch(p.scratch);
  const active = scratch(p.batch);
  const state = scratch(p.batch * stride);
  const cellState = scratch(p.batch * stride);
  const product = scratch(p.batch * productStride + LANES);
  const panels = scratch(packedSize(units, width));
  packPanels(p.recurrentKernel, width, false, units, width, panels);
  spreadRows(p, p.h0, state);
  spreadRows(p, p.c0, cellState);
  const seen = openSeen(p, state);
  for (let index = 0; index < p.steps; ++index) {
    const t = timestep(p, index);
    const count = listActive(p, t, active);
    multiplyRows(
      count, active, 0, units, seen, stride, panels, productStride / TILE_COLUMNS, product, productStride, 0, false,
    );
    for (let i = 0; i < count; ++i) {
      touchProjection(p, active, i, count, t, width);
      const b = load<i32>(at(active, i));
      advance(p, b, t, at(product, i * productStride), at(state, b * stride), at(cellState, b * stride));
      updateSeen(p, b, state, seen);
    }
    if (count === p.batch) continue;
    for (let b = 0; b < p.batch; ++b) {
      if (isMasked(p, b, t)) repeatState(p, b, t, state, cellState, width);
    }
  }
}

function advance(p: Recurrent, b: i32, t: i32, sum: usize, state: usize, cellState: usize): void {
  const units = p.units, width = 4 * units;
  const activation = p.activation, recurrentActivation = p.recurrentActivation;
  const projection = projectionAt(p, p.projections, b, t, width);
  const gates = cellAt(p, p.gates, b, t, width);
  const h = cellAt(p, p.h, b, t, units);
  const c = cellAt(p, p.c, b, t, units);
  for (let u = 0; u < units; u += LANES) {
    const left = units - u;
    const fAt = u + units, gAt = fAt + units, oAt = gAt + units;
    const i = gate(add(load<V>(at(sum, u)), load<V>(at(projection, u))), recurrentActivation);
    put(at(gates, u), i, left);
    const f = gate(
      add(load<V>(at(sum, fAt)), load<V>(at(projection, fAt))), recurrentActivation,
    );
    put(at(gates, fAt), f, left);
    const g = activate(
      add(load<V>(at(sum, gAt)), load<V>(at(projection, gAt))), activation,
    );
    put(at(gates, gAt), g, left);
    const o = gate(
      add(load<V>(at(sum, oAt)), load<V>(at(projection, oAt))), recurrentActivation,
    );
    put(at(gates, oAt), o, left);
    const cell = fma(f, load<V>(at(cellState, u)), mul(i, g));
    store<V>(at(cellState, u), cell);
    put(at(c, u), cell, left);
    const y = mul(o, activate(cell, activation));
    store<V>(at(state, u), y);
    put(at(h, u), y, left);
  }
}
