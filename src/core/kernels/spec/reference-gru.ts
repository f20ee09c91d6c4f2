import { ACTIVATIONS } from './reference-activations.ts';
import {
  addOuterProduct,
  addProduct,
  addProductTransposed,
  addTo,
  type BackwardStep,
  type CellReference,
  type ForwardStep,
} from './reference-step.ts';

/**
 * Gated recurrent unit (Cho et al., 2014), in Keras's two forms. Both have
 *
 *     z = σ(p_z + h₋·U_z)   r = σ(p_r + h₋·U_r)   h = z·h₋ + (1 − z)·g
 *
 * and differ in where the reset gate meets the state:
 *
 *     resetAfter false: g = φ(p_h + (r·h₋)·U_h)              (version 3 of the paper)
 *     resetAfter true:  g = φ(p_h + r·(h₋·U_h + b_h))        (version 1; z and r have a b as well)
 */
function forward(step: ForwardStep): void {
  const { attrs, projection, recurrentKernel, previous, next, gates, inner, scratch } = step;
  const units = next.h.length;
  const candidate = { from: 2 * units, to: 3 * units };
  const { apply: phi } = ACTIVATIONS[attrs.activation];
  const { apply: sigma } = ACTIVATIONS[attrs.recurrentActivation];

  gates.set(projection);
  if (attrs.resetAfter) {
    scratch.set(step.recurrentBias);
    addProduct(scratch, previous.h, recurrentKernel);
    for (let j = 0; j < candidate.from; j++) gates[j] = sigma(gates[j]! + scratch[j]!);
    for (let u = 0; u < units; u++) {
      inner[u] = scratch[candidate.from + u]!;
      gates[candidate.from + u]! += gates[units + u]! * inner[u]!;
    }
  } else {
    addProduct(gates, previous.h, recurrentKernel, { from: 0, to: candidate.from });
    for (let j = 0; j < candidate.from; j++) gates[j] = sigma(gates[j]!);
    addProduct(gates, resetState(step), recurrentKernel, candidate);
  }
  for (let u = 0; u < units; u++) {
    const z = gates[u]!;
    const g = phi(gates[candidate.from + u]!);
    gates[candidate.from + u] = g;
    next.h[u] = z * previous.h[u]! + (1 - z) * g;
  }
}

/** r·h₋: what the candidate of the first form sees of the state. */
function resetState({
  previous,
  gates,
  scratch,
}: Pick<ForwardStep, 'previous' | 'gates' | 'scratch'>) {
  const { h } = previous;
  const reset = scratch.subarray(0, h.length);
  for (let u = 0; u < h.length; u++) reset[u] = gates[h.length + u]! * h[u]!;
  return reset;
}

function backward(step: BackwardStep): void {
  const { attrs, previous, next, gates, dNext, dPrevious, dProjection } = step;
  const units = next.h.length;
  const { slope: phi } = ACTIVATIONS[attrs.activation];
  const { slope: sigma } = ACTIVATIONS[attrs.recurrentActivation];
  for (let u = 0; u < units; u++) {
    const z = gates[u]!;
    const g = gates[2 * units + u]!;
    const dh = dNext.h[u]!;
    dProjection[u] = dh * (previous.h[u]! - g) * sigma(z);
    dProjection[2 * units + u] = dh * (1 - z) * phi(g);
    dPrevious.h[u]! += dh * z;
  }
  if (attrs.resetAfter) backThroughResetAfter(step);
  else backThroughResetBefore(step);
}

/** From the candidate to the reset gate, then from all the gates to the state and the kernel. */
function backThroughResetAfter(step: BackwardStep): void {
  const { attrs, recurrentKernel, previous, gates, inner, dPrevious, dProjection, scratch } = step;
  const units = inner.length;
  const { slope: sigma } = ACTIVATIONS[attrs.recurrentActivation];
  for (let u = 0; u < units; u++) {
    const r = gates[units + u]!;
    const dCandidate = dProjection[2 * units + u]!;
    dProjection[units + u] = dCandidate * inner[u]! * sigma(r);
    // The state's share of the candidate went through the reset gate, the input's did not.
    scratch[2 * units + u] = dCandidate * r;
  }
  scratch.set(dProjection.subarray(0, 2 * units));
  addProductTransposed(dPrevious.h, scratch, recurrentKernel);
  addOuterProduct(step.dRecurrentKernel, previous.h, scratch);
  addTo(step.dRecurrentBias, scratch);
}

function backThroughResetBefore(step: BackwardStep): void {
  const { attrs, recurrentKernel, previous, gates, dPrevious, dProjection, scratch } = step;
  const units = previous.h.length;
  const gateColumns = { from: 0, to: 2 * units };
  const candidate = { from: 2 * units, to: 3 * units };
  const { slope: sigma } = ACTIVATIONS[attrs.recurrentActivation];

  addOuterProduct(step.dRecurrentKernel, resetState(step), dProjection, candidate);
  const dReset = scratch.subarray(0, units).fill(0);
  addProductTransposed(dReset, dProjection, recurrentKernel, candidate);
  for (let u = 0; u < units; u++) {
    const r = gates[units + u]!;
    dProjection[units + u] = dReset[u]! * previous.h[u]! * sigma(r);
    dPrevious.h[u]! += dReset[u]! * r;
  }
  addProductTransposed(dPrevious.h, dProjection, recurrentKernel, gateColumns);
  addOuterProduct(step.dRecurrentKernel, previous.h, dProjection, gateColumns);
}

export const gru: CellReference = { forward, backward };
