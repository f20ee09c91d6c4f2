import { format } from 'd3-format';
import { scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import type { Tick } from './columns.ts';

export interface RankFrequencyPlot {
  /** Data of an SVG path over a box of 100 by 100. */
  readonly path: string;
  /** The same for counts that fall as one over the rank. */
  readonly zipf: string;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  /** Place of a rank, in percent from the left. */
  readonly x: (rank: number) => number;
  /** Place of a count, in percent from the top. */
  readonly y: (count: number) => number;
}

interface Point {
  readonly rank: number;
  readonly count: number;
}

/**
 * Lays out how often words occur by their rank, both axes logarithmic, with the line of Zipf's law
 * (count proportional to 1 / rank) through the first point. In percent, so that it fits any size.
 *
 * @param points in order of their ranks, at least two, with counts of at least 1.
 */
export function layOutRankFrequency(points: readonly Point[]): RankFrequencyPlot {
  const first = points[0]!;
  const last = points.at(-1)!;
  const x = scaleLog([1, last.rank], [0, 100]);
  const y = scaleLog([1, nextPowerOfTen(first.count)], [100, 0]);
  const path = line<Point>(
    ({ rank }) => x(rank),
    ({ count }) => y(count),
  );
  const zipfEnd = Math.min(last.rank, first.count);
  return {
    path: path([...points]) ?? '',
    zipf: path([first, { rank: zipfEnd, count: first.count / zipfEnd }]) ?? '',
    xTicks: powersOfTen(last.rank).map((rank) => ({ at: x(rank), label: format(',')(rank) })),
    yTicks: powersOfTen(nextPowerOfTen(first.count)).map((count) => ({
      at: y(count),
      label: format(',')(count),
    })),
    x,
    y,
  };
}

function nextPowerOfTen(value: number): number {
  return 10 ** Math.max(1, Math.ceil(Math.log10(value)));
}

function powersOfTen(most: number): number[] {
  const count = Math.floor(Math.log10(most) + 1e-9) + 1;
  return Array.from({ length: count }, (_, power) => 10 ** power);
}
