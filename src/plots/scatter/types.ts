import type { PlotOptions } from '../frame/types.ts';

export interface ScatterPoint {
  readonly x: number;
  readonly y: number;
  readonly label?: string;
  /** Colours the point: positive blue, negative orange. */
  readonly value?: number;
}

/** Points; labels of earlier ones come first when there is no room for all. */
export type ScatterData = readonly ScatterPoint[];

export interface ScatterOptions extends PlotOptions {
  /** What a value is called. */
  readonly valueName?: string;
  /** Labels at once. Default 40. */
  readonly mostLabels?: number;
  /** A unit is as long on one axis as on the other: for places whose distances mean something. */
  readonly equal?: boolean;
  /** Told which points the reader has chosen with the lasso, or with Enter. */
  readonly onSelect?: (indices: readonly number[]) => void;
}
