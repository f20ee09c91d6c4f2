import type { PlotOptions } from '../frame/types.ts';

export interface HeatMapData {
  /** Shape [steps, units], row-major: one run of unit values a timestep. */
  readonly values: ArrayLike<number>;
  readonly steps: number;
  readonly units: number;
  /** What was read at each timestep. */
  readonly words?: readonly string[];
  /** Timesteps that are padding: hatched, and without values. */
  readonly pad?: readonly boolean[];
}

export interface HeatMapOptions extends PlotOptions {
  /** The value of the strongest colour; by default the largest one there is. */
  readonly most?: number;
  /** Told which timesteps are brushed, the last one included; undefined for none. */
  readonly onBrush?: (range: readonly [from: number, to: number] | undefined) => void;
}
