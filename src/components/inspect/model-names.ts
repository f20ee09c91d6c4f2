import type { ModelRef } from '../../client/index.ts';

/** A model that came with the site. */
export interface ShippedModel {
  readonly name: string;
  readonly title: string;
}

/** What a reference is called in an address and in a list. */
export function keyOf(ref: ModelRef): string {
  switch (ref.kind) {
    case 'shipped':
      return ref.name;
    case 'kept':
      return `kept:${ref.name}`;
    case 'asked':
      return 'here';
    case 'moment':
      return `here@${ref.step}`;
  }
}

/** The model of such a name, or undefined. */
export function refOf(key: string, shipped: readonly ShippedModel[]): ModelRef | undefined {
  if (key === 'here') return { kind: 'asked' };
  if (key.startsWith('kept:')) return { kind: 'kept', name: key.slice('kept:'.length) };
  return shipped.some(({ name }) => name === key) ? { kind: 'shipped', name: key } : undefined;
}

/** How the model of a run on this page is called. */
export const TRAINED_HERE = 'Trained on this page';

/**
 * How a model is called in a list and above its panels.
 *
 * @param here how the one that was trained or opened on this page is called
 */
export function titleOf(
  ref: ModelRef,
  shipped: readonly ShippedModel[],
  here = TRAINED_HERE,
): string {
  switch (ref.kind) {
    case 'shipped':
      return shipped.find(({ name }) => name === ref.name)?.title ?? ref.name;
    case 'kept':
      return ref.name;
    case 'asked':
      return here;
    case 'moment':
      return `${here}, after step ${ref.step}`;
  }
}
