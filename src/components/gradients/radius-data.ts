import type { ModelSettings } from '../../client/index.ts';

/** A network without experience, a review, and the gradient's way back through both. */
export interface RadiusData {
  readonly settings: ModelSettings;
  readonly text: string;
  readonly radius: number;
  /** What is read at each timestep; empty for padding. */
  readonly words: readonly string[];
  readonly norms: readonly number[];
}

/** What the spectral radius alone would make of the last norm: a power of it at each timestep. */
export function powersOf(radius: number, norms: ArrayLike<number>): number[] {
  const last = norms.length - 1;
  return Array.from(norms, (_, t) => norms[last]! * radius ** (last - t));
}
