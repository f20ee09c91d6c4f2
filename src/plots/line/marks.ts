import { bisector } from 'd3-array';
import { stepInRows } from '../frame/steps.ts';
import type { Drawn } from '../frame/types.ts';
import type { LineSeries, LineWords, Point } from './types.ts';
import type { LineAxes } from './scales.ts';

const byX = bisector<Point, number>(([x]) => x);

/** Every point of every line, series by series. */
export function lineMarks(
  series: readonly LineSeries[],
  { x, y, margin }: LineAxes,
  words: LineWords,
): Drawn {
  const lengths = series.map(({ points }) => points.length);
  const firsts = lengths.map((_, i) => lengths.slice(0, i).reduce((sum, n) => sum + n, 0));
  const bottom = y.scale.range()[0]!;
  const place = (value: number): number => {
    const at = y.scale(value);
    return Number.isFinite(at) ? at : bottom;
  };
  return {
    count: lengths.reduce((sum, length) => sum + length, 0),
    mark(index) {
      const row = firsts.findLastIndex((first, i) => first <= index && lengths[i]! > 0);
      const { name, points } = series[row]!;
      const [at, value] = points[index - firsts[row]!]!;
      return {
        x: x.scale(at),
        y: place(value),
        text: [`${name} ${words.y(value)}`, `${words.xLabel} ${words.x(at)}`],
        group: at,
      };
    },
    nearest(px, py) {
      const at = x.scale.invert(px);
      let best = -1;
      let least = Number.POSITIVE_INFINITY;
      series.forEach(({ points }, row) => {
        if (points.length === 0) return;
        const near = byX.center(points, at);
        const [nearX, value] = points[near]!;
        const away = Math.hypot(x.scale(nearX) - px, place(value) - py);
        if (away >= least) return;
        least = away;
        best = firsts[row]! + near;
      });
      return best;
    },
    step: (from, key) => stepInRows(lengths, from, key),
    guide: (group) => ({ x: x.scale(group), y: margin.top, width: 0, height: bottom - margin.top }),
  };
}
