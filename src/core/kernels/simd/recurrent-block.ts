import type { RecurrentAttrs, RecurrentSizes } from '../spec/recurrent.ts';
import type { Part } from './threads/split.ts';

/**
 * The fields of `assembly/recurrent.ts`'s parameter block, in its order, 32 bits each, and what a
 * tensor has of each row of the batch.
 */
const FIELDS = {
  batch: 'number',
  steps: 'number',
  units: 'number',
  projectionRows: 'number',
  activation: 'number',
  recurrentActivation: 'number',
  resetAfter: 'number',
  goBackwards: 'number',
  projections: 'projections',
  rows: 'steps',
  recurrentKernel: 'nothing',
  recurrentBias: 'nothing',
  h0: 'units',
  c0: 'units',
  mask: 'steps',
  recurrentDropout: 'units',
  h: 'states',
  c: 'states',
  gates: 'gates',
  inner: 'states',
  dh: 'states',
  dc: 'states',
  dProjections: 'projections',
  dRecurrentKernel: 'nothing',
  dRecurrentBias: 'nothing',
  dh0: 'units',
  dc0: 'units',
  dhTotal: 'states',
  dcTotal: 'states',
  scratch: 'nothing',
} as const;
type Field = keyof typeof FIELDS;

/** Words of a parameter block. */
export const BLOCK_WORDS = Object.keys(FIELDS).length;

const ACTIVATIONS = ['tanh', 'relu', 'linear'] as const;
const RECURRENT_ACTIVATIONS = ['sigmoid', 'hardSigmoid'] as const;

/** Addresses by field. One that is left out is 0: there is no such tensor. */
export type Addresses = Partial<Record<Field, number>>;

/**
 * The parameter block for some rows of the batch: the same kernel, with fewer rows, from where they
 * begin in each tensor.
 */
export function blockOf(
  { steps, units, width, projectionRows }: RecurrentSizes,
  attrs: RecurrentAttrs,
  addresses: Addresses,
  { start, length }: Part,
): number[] {
  const numbers: Addresses = {
    batch: length,
    steps,
    units,
    projectionRows,
    activation: ACTIVATIONS.indexOf(attrs.activation),
    recurrentActivation: RECURRENT_ACTIVATIONS.indexOf(attrs.recurrentActivation),
    resetAfter: Number(attrs.resetAfter),
    goBackwards: Number(attrs.goBackwards),
  };
  const lengths = {
    nothing: 0,
    steps,
    units,
    states: steps * units,
    gates: steps * width,
    // With `rows`, the whole batch reads the same ones.
    projections: addresses.rows ? 0 : steps * width,
  };
  return Object.entries(FIELDS).map(([name, kind]) => {
    const field = name as Field;
    if (kind === 'number') return numbers[field]!;
    const address = addresses[field];
    return address ? address + 4 * start * lengths[kind] : 0;
  });
}
