import { max } from 'd3-array';
import { format } from 'd3-format';
import { scaleLinear } from 'd3-scale';

/** A tick of an axis: where, in percent of the plot from its left or its top, and what it says. */
export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** A rectangle in percent of the plot's width and height. */
export interface Column {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ColumnPlot {
  readonly columns: readonly Column[];
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  /** Place of a value of the x axis, in percent. */
  readonly x: (value: number) => number;
  /** Place of a value of the y axis, in percent from the top. */
  readonly y: (value: number) => number;
}

export interface ColumnOptions {
  /** Where the first column begins on the x axis. */
  readonly start: number;
  /** Width of a column in units of the x axis. */
  readonly step: number;
  readonly xTicks: readonly number[];
  /** Specifier of `d3-format` for the y axis. */
  readonly yFormat: string;
  /** Part of its place that a column leaves free. Default 0.1. */
  readonly gap?: number;
}

const Y_TICKS = 4;

/**
 * Lays out columns that stand side by side, as of a histogram. Everything is in percent, so that the
 * picture fits any size while its text stays as it is.
 */
export function layOutColumns(
  values: readonly number[],
  { start, step, xTicks, yFormat, gap = 0.1 }: ColumnOptions,
): ColumnPlot {
  const x = scaleLinear([start, start + step * values.length], [0, 100]);
  const y = scaleLinear([0, max(values) || 1], [100, 0]).nice(Y_TICKS);
  const show = format(yFormat);
  return {
    columns: values.map((value, i) => ({
      x: x(start + (i + gap / 2) * step),
      y: y(value),
      width: x(start + step * (1 - gap)),
      height: 100 - y(value),
    })),
    xTicks: xTicks.map((value) => ({ at: x(value), label: format(',')(value) })),
    yTicks: y.ticks(Y_TICKS).map((value) => ({ at: y(value), label: show(value) })),
    x,
    y,
  };
}
