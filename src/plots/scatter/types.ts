import type { PlotOptions } from '../frame/types.ts';

export interface ScatterPoint {
  readonly x: number;
  readonly y: number;
  readonly label?: string;
  /** Colours the point: positive blue, negative orange. */
  readonly value?: number;
  /** Stands back: it has its place in the plane, but it is not there yet. */
  readonly faint?: boolean;
  /** What it stands for in linked plots, such as its timestep, counted from 1. */
  readonly group?: number;
}

/** Points; labels of earlier ones come first when there is no room for all. */
export type ScatterData = readonly ScatterPoint[];

export interface ScatterOptions extends PlotOptions {
  /** What a value is called. */
  readonly valueName?: string;
  /** Labels at once. Default 40. */
  readonly mostLabels?: number;
  /** Joins the points in their order. */
  readonly joined?: boolean;
  /** A unit is as long on one axis as on the other: for places whose distances mean something. */
  readonly equal?: boolean;
  /** Told which points the reader has chosen with the lasso, or with Enter. */
  readonly onSelect?: (indices: readonly number[]) => void;
}
