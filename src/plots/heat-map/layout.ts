import { stepInRows } from '../frame/steps.ts';
import type { Box, Drawn } from '../frame/types.ts';
import type { HeatMapData } from './types.ts';

/** Timesteps `from` up to but not including `to`. */
interface Run {
  readonly from: number;
  readonly to: number;
}

/** Neighbouring padding within a range of timesteps. */
export function padRuns(pad: readonly boolean[], from: number, to: number): Run[] {
  const runs: Run[] = [];
  for (let step = from; step < to; step++) {
    if (!pad[step]) continue;
    const last = runs.at(-1);
    if (last?.to === step) runs[runs.length - 1] = { from: last.from, to: step + 1 };
    else runs.push({ from: step, to: step + 1 });
  }
  return runs;
}

/** The cells that are in view, unit by unit, each as a box that can be pointed at. */
export function cellMarks(
  { values, units, words, pad, numbers }: HeatMapData,
  box: Box,
  [from, to]: readonly [number, number],
  show: (value: number) => string,
): Drawn {
  const columns = Math.max(0, to - from);
  const cell = { width: box.width / Math.max(1, columns), height: box.height / Math.max(1, units) };
  const count = values.length === 0 ? 0 : columns * units;
  return {
    count,
    mark(index) {
      const unit = Math.floor(index / columns);
      const step = from + (index % columns);
      const word = words?.[step];
      return {
        x: box.x + (step - from) * cell.width,
        y: box.y + unit * cell.height,
        ...cell,
        text: [
          pad?.[step] ? 'padding' : show(values[step * units + unit]!),
          `unit ${numbers?.[unit] ?? unit + 1}, timestep ${step + 1}`,
          ...(word === undefined || pad?.[step] ? [] : [`“${word}”`]),
        ],
        group: step + 1,
      };
    },
    nearest(x, y) {
      const column = Math.floor((x - box.x) / cell.width);
      const unit = Math.floor((y - box.y) / cell.height);
      const inside = column >= 0 && column < columns && unit >= 0 && unit < units;
      return inside && count > 0 ? unit * columns + column : -1;
    },
    step: (index, key) =>
      stepInRows(
        Array.from({ length: count > 0 ? units : 0 }, () => columns),
        index,
        key,
      ),
    guide: (step) =>
      step <= from || step > to
        ? undefined
        : {
            x: box.x + (step - 1 - from) * cell.width,
            y: box.y,
            width: cell.width,
            height: box.height,
          },
  };
}
