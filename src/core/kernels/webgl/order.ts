import type { RecurrentAttrs } from '../spec/recurrent.ts';

/** Which entry belongs to a timestep: `origin + stride · timestep`. */
export interface Order {
  readonly origin: number;
  readonly stride: 1 | -1 | 0;
}

/** The order in which a layer reads its timesteps, as entries from 1 to `steps`. */
export function orderOf({ goBackwards }: RecurrentAttrs, steps: number): Order {
  return goBackwards ? { origin: steps, stride: -1 } : { origin: 1, stride: 1 };
}

/** The timestep of an entry. */
export const timestepOf = ({ origin, stride }: Order, entry: number): number =>
  stride * (entry - origin);
