import type { PlotOptions } from '../frame/types.ts';

export type Point = readonly [x: number, y: number];

export interface LineSeries {
  readonly name: string;
  /** In order of their x. A y that is no number breaks the line. */
  readonly points: readonly Point[];
  /** A CSS colour; the ink of soft text by default. */
  readonly color?: string;
  /** Dashed, with a dot at every point: for few points far apart, such as those of epochs. */
  readonly dots?: boolean;
  /** Thin: a noisy line behind a smooth one. */
  readonly thin?: boolean;
}

export interface LineData {
  readonly series: readonly LineSeries[];
  /** Where the x axis ends while the data is still on its way. */
  readonly xMax?: number;
  /** Upright rules at an x, such as the best epoch. */
  readonly markers?: readonly { readonly x: number; readonly label: string }[];
  /** Level rules to compare with. */
  readonly guides?: readonly { readonly value: number; readonly label: string }[];
}

export interface LineOptions extends PlotOptions {
  /** `format` is a specifier of d3-format. */
  readonly x: { readonly label: string; readonly format?: string };
  readonly y: {
    readonly label?: string;
    readonly format?: string;
    readonly scale?: 'linear' | 'log';
    /** Values that the axis always shows. */
    readonly include?: readonly number[];
  };
}

/** How a plot of lines writes its values. */
export interface LineWords {
  readonly xLabel: string;
  readonly x: (value: number) => string;
  readonly y: (value: number) => string;
}
