import { ACTIVATIONS } from './reference-activations.ts';
import {
  addOuterProduct,
  addProduct,
  addProductTransposed,
  type BackwardStep,
  type CellReference,
  type ForwardStep,
} from './reference-step.ts';

/**
 * Long short-term memory (Hochreiter & Schmidhuber, 1997, with Gers's forget gate), in Keras's form:
 *
 *     i = σ(p_i + h₋·U_i)   f = σ(p_f + h₋·U_f)   g = φ(p_c + h₋·U_c)   o = σ(p_o + h₋·U_o)
 *     c = f·c₋ + i·g        h = o·φ(c)
 */
function forward({ attrs, projection, recurrentKernel, previous, next, gates }: ForwardStep): void {
  const units = next.h.length;
  const { apply: phi } = ACTIVATIONS[attrs.activation];
  const { apply: sigma } = ACTIVATIONS[attrs.recurrentActivation];
  gates.set(projection);
  addProduct(gates, previous.h, recurrentKernel);
  for (let u = 0; u < units; u++) {
    const i = sigma(gates[u]!);
    const f = sigma(gates[units + u]!);
    const g = phi(gates[2 * units + u]!);
    const o = sigma(gates[3 * units + u]!);
    const c = f * previous.c[u]! + i * g;
    next.c[u] = c;
    next.h[u] = o * phi(c);
    gates[u] = i;
    gates[units + u] = f;
    gates[2 * units + u] = g;
    gates[3 * units + u] = o;
  }
}

function backward(step: BackwardStep): void {
  const { attrs, recurrentKernel, previous, next, gates, dNext, dPrevious, dProjection } = step;
  const units = next.h.length;
  const phi = ACTIVATIONS[attrs.activation];
  const sigma = ACTIVATIONS[attrs.recurrentActivation];
  for (let u = 0; u < units; u++) {
    const i = gates[u]!;
    const f = gates[units + u]!;
    const g = gates[2 * units + u]!;
    const o = gates[3 * units + u]!;
    const squashed = phi.apply(next.c[u]!);
    const dh = dNext.h[u]!;
    // The cell state counts twice: on its own, and through h = o·φ(c).
    const dc = dNext.c[u]! + dh * o * phi.slope(squashed);
    dNext.c[u] = dc;
    dProjection[u] = dc * g * sigma.slope(i);
    dProjection[units + u] = dc * previous.c[u]! * sigma.slope(f);
    dProjection[2 * units + u] = dc * i * phi.slope(g);
    dProjection[3 * units + u] = dh * squashed * sigma.slope(o);
    dPrevious.c[u]! += dc * f;
  }
  addProductTransposed(dPrevious.h, dProjection, recurrentKernel);
  addOuterProduct(step.dRecurrentKernel, previous.h, dProjection);
}

export const lstm: CellReference = { forward, backward };
