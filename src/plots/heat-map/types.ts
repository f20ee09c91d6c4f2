import type { PlotOptions } from '../frame/types.ts';

export interface HeatMapData {
  /** Shape [steps, units], row-major: one run of unit values a timestep. Empty: axes alone. */
  readonly values: ArrayLike<number>;
  readonly steps: number;
  readonly units: number;
  /** What was read at each timestep. */
  readonly words?: readonly string[];
  /** Timesteps that are padding: hatched, and without values. */
  readonly pad?: readonly boolean[];
  /** Number of the unit in each row, where they are not in their own order. */
  readonly numbers?: readonly number[];
  /** The row that is marked, from 0. */
  readonly marked?: number;
  /** The value of the strongest colour, where it changes with the data. */
  readonly most?: number | undefined;
}

export interface HeatMapOptions extends PlotOptions {
  /** The value of the strongest colour; by default the largest one there is. */
  readonly most?: number;
  /** Told which timesteps are brushed, the last one included; undefined for none. */
  readonly onBrush?: (range: readonly [from: number, to: number] | undefined) => void;
  /** Told which cell is clicked, or chosen with Enter while nothing is brushed; both from 0. */
  readonly onPick?: (row: number, step: number) => void;
}
