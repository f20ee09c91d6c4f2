import { activate, gate } from './activations';
import { packedSize, packPanels } from './pack';
import {
  cellAt, isMasked, listActive, openScratch, openSeen, projectionAt, Recurrent, repeatState, scratch,
  spreadRows, timestep, updateSeen,
} from './recurrent';
import { multiplyRows } from './multiply-rows';
import { touchProjection } from './touch';
import { add, fma, LANES, mul, sub, V } from './lanes';
import { at, padded, put, TILE_COLUMNS } from './vector';

/**
 * z = σ(p_z + h₋·U_z), r = σ(p_r + h₋·U_r), h = z·h₋ + (1 − z)·g with g = φ(p_h + (r·h₋)·U_h), or with
 * `resetAfter` g = φ(p_h + r·inner), inner = h₋·U_h + b_h, and U's biases in the gates too.
 */
export function forwardGru(p: Recurrent): void {
  const units = p.units, stride = padded(units), width = 3 * units;
  // With the reset before the product, the candidate's product waits for the gates.
  const first = p.resetAfter ? width : 2 * units;
  const firstStride = padded(first);
  openScratch(p.scratch);
  const active = scratch(p.batch);
  const state = scratch(p.batch * stride);
  const product = scratch(p.batch * firstStride + LANES);
  const panels = scratch(packedSize(units, first));
  packPanels(p.recurrentKernel, width, false, units, first, panels);
  let reset: usize = 0, candidate: usize = 0, candidatePanels: usize = 0;
  if (!p.resetAfter) {
    reset = scratch(p.batch * stride);
    candidate = scratch(p.batch * stride);
    candidatePanels = scratch(packedSize(units, units));
    packPanels(at(p.recurrentKernel, 2 * units), width, false, units, units, candidatePanels);
  }
  spreadRows(p, p.h0, state);
  const seen = openSeen(p, state);
  for (let index = 0; index < p.steps; ++index) {
    const t = timestep(p, index);
    const count = listActive(p, t, active);
    multiplyRows(
      count, active, 0, units, seen, stride, panels, firstStride / TILE_COLUMNS, product, firstStride, 0, false,
    );
    if (p.resetAfter) {
      for (let i = 0; i < count; ++i) {
        touchProjection(p, active, i, count, t, width);
        const b = load<i32>(at(active, i));
        const old = at(seen, b * stride);
        advanceAfter(p, b, t, at(product, i * firstStride), old, at(state, b * stride));
        updateSeen(p, b, state, seen);
      }
    } else {
      for (let i = 0; i < count; ++i) {
        touchProjection(p, active, i, count, t, width);
        const b = load<i32>(at(active, i));
        openGates(p, b, t, at(product, i * firstStride), at(seen, b * stride), at(reset, i * stride));
      }
      multiplyRows(
        count, 0, 0, units, reset, stride, candidatePanels, stride / TILE_COLUMNS, candidate, stride, 0, false,
      );
      for (let i = 0; i < count; ++i) {
        const b = load<i32>(at(active, i));
        const old = at(seen, b * stride);
        advanceBefore(p, b, t, at(candidate, i * stride), old, at(state, b * stride));
        updateSeen(p, b, state, seen);
      }
    }
    if (count === p.batch) continue;
    for (let b = 0; b < p.batch; ++b) if (isMasked(p, b, t)) repeatState(p, b, t, state, 0, width);
  }
}

// @ts-ignore: decorator
@inline
function mix(z: V, old: V, candidate: V): V {
  return fma(z, sub(old, candidate), candidate);
}

function advanceAfter(p: Recurrent, b: i32, t: i32, sum: usize, old: usize, state: usize): void {
  const units = p.units, width = 3 * units;
  const bias = p.recurrentBias;
  const projection = projectionAt(p, p.projections, b, t, width);
  const gates = cellAt(p, p.gates, b, t, width);
  const innerRow = cellAt(p, p.inner, b, t, units);
  const h = cellAt(p, p.h, b, t, units);
  for (let u = 0; u < units; u += LANES) {
    const left = units - u;
    const rAt = u + units, gAt = rAt + units;
    let x = add(load<V>(at(sum, u)), load<V>(at(bias, u)));
    const z = gate(add(x, load<V>(at(projection, u))), p.recurrentActivation);
    put(at(gates, u), z, left);
    x = add(load<V>(at(sum, rAt)), load<V>(at(bias, rAt)));
    const r = gate(add(x, load<V>(at(projection, rAt))), p.recurrentActivation);
    put(at(gates, rAt), r, left);
    const inner = add(load<V>(at(sum, gAt)), load<V>(at(bias, gAt)));
    put(at(innerRow, u), inner, left);
    const g = activate(fma(r, inner, load<V>(at(projection, gAt))), p.activation);
    put(at(gates, gAt), g, left);
    const y = mix(z, load<V>(at(old, u)), g);
    store<V>(at(state, u), y);
    put(at(h, u), y, left);
  }
}

function openGates(p: Recurrent, b: i32, t: i32, sum: usize, old: usize, reset: usize): void {
  const units = p.units, width = 3 * units;
  const projection = projectionAt(p, p.projections, b, t, width);
  const gates = cellAt(p, p.gates, b, t, width);
  for (let u = 0; u < units; u += LANES) {
    const rAt = u + units;
    const z = gate(
      add(load<V>(at(sum, u)), load<V>(at(projection, u))), p.recurrentActivation,
    );
    put(at(gates, u), z, units - u);
    const r = gate(
      add(load<V>(at(sum, rAt)), load<V>(at(projection, rAt))), p.recurrentActivation,
    );
    put(at(gates, rAt), r, units - u);
    store<V>(at(reset, u), mul(r, load<V>(at(old, u))));
  }
}

function advanceBefore(p: Recurrent, b: i32, t: i32, sum: usize, old: usize, state: usize): void {
  const units = p.units, width = 3 * units;
  const projection = projectionAt(p, p.projections, b, t, width);
  const gates = cellAt(p, p.gates, b, t, width);
  const h = cellAt(p, p.h, b, t, units);
  for (let u = 0; u < units; u += LANES) {
    const gAt = u + 2 * units;
    const g = activate(
      add(load<V>(at(sum, u)), load<V>(at(projection, gAt))), p.activation,
    );
    put(at(gates, gAt), g, units - u);
    const y = mix(load<V>(at(gates, u)), load<V>(at(old, u)), g);
    store<V>(at(state, u), y);
    put(at(h, u), y, units - u);
  }
}
