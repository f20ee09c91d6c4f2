import type { RecurrentAttrs, RecurrentSizes } from '../spec/recurrent.ts';
import type { SimdBackend } from './backend.ts';

/** The fields of `assembly/recurrent.ts`'s parameter block, in its order, 32 bits each. */
const FIELDS = [
  ...(['batch', 'steps', 'units', 'projectionRows'] as const),
  ...(['activation', 'recurrentActivation', 'resetAfter', 'goBackwards'] as const),
  ...(['projections', 'rows', 'recurrentKernel', 'recurrentBias', 'h0', 'c0', 'mask'] as const),
  ...(['h', 'c', 'gates', 'inner'] as const),
  ...(['dh', 'dc', 'dProjections', 'dRecurrentKernel', 'dRecurrentBias', 'dh0', 'dc0'] as const),
  ...(['dhTotal', 'dcTotal', 'scratch'] as const),
] as const;

const ACTIVATIONS = ['tanh', 'relu', 'linear'] as const;
const RECURRENT_ACTIVATIONS = ['sigmoid', 'hardSigmoid'] as const;

/** Addresses by field. One that is left out is 0: there is no such tensor. */
export type Addresses = Partial<Record<(typeof FIELDS)[number], number>>;

/**
 * Writes the parameter block and the scratch that a kernel works with, and runs it.
 *
 * @throws OutOfMemoryError if there is no room for the scratch
 */
export function runWithBlock(
  { heap, run }: SimdBackend,
  kernel: (block: number) => void,
  { batch, steps, units, width, projectionRows }: RecurrentSizes,
  attrs: RecurrentAttrs,
  addresses: Addresses,
): void {
  const bytes = run.recurrentScratch(batch, units, width / units);
  heap.borrow(bytes, (scratch) => {
    const values: Addresses = {
      batch,
      steps,
      units,
      projectionRows,
      activation: ACTIVATIONS.indexOf(attrs.activation),
      recurrentActivation: RECURRENT_ACTIVATIONS.indexOf(attrs.recurrentActivation),
      resetAfter: Number(attrs.resetAfter),
      goBackwards: Number(attrs.goBackwards),
      ...addresses,
      scratch,
    };
    heap.borrow(FIELDS.length * 4, (block) => {
      heap.integers(block, FIELDS.length).set(FIELDS.map((field) => values[field] ?? 0));
      kernel(block);
    });
  });
}
