import { ACTIVATIONS } from './reference-activations.ts';
import {
  addOuterProduct,
  addProduct,
  addProductTransposed,
  type BackwardStep,
  type CellReference,
  type ForwardStep,
} from './reference-step.ts';

/** h = φ(p + h₋·U), as in Keras's SimpleRNN (Elman, 1990). */
function forward({ attrs, projection, recurrentKernel, previous, next }: ForwardStep): void {
  const { h } = next;
  h.set(projection);
  addProduct(h, previous.h, recurrentKernel);
  const { apply } = ACTIVATIONS[attrs.activation];
  for (let u = 0; u < h.length; u++) h[u] = apply(h[u]!);
}

function backward(step: BackwardStep): void {
  const { attrs, recurrentKernel, previous, next, dNext, dPrevious, dProjection } = step;
  const { slope } = ACTIVATIONS[attrs.activation];
  for (let u = 0; u < dProjection.length; u++) dProjection[u] = dNext.h[u]! * slope(next.h[u]!);
  addProductTransposed(dPrevious.h, dProjection, recurrentKernel);
  addOuterProduct(step.dRecurrentKernel, previous.h, dProjection);
}

export const simpleRnn: CellReference = { forward, backward };
