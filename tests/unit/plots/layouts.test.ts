import { expect, test } from 'vitest';
import { layOutColumns } from '../../../src/plots/columns.ts';
import { layOutRankFrequency } from '../../../src/plots/rank-frequency.ts';

test('columns stand side by side on the baseline, in percent', () => {
  const plot = layOutColumns([5, 10, 0, 2], {
    start: 0,
    step: 20,
    xTicks: [0, 80],
    yFormat: ',',
    gap: 0,
  });
  expect(plot.columns.map(({ x, width }) => [x, width])).toEqual([
    [0, 25],
    [25, 25],
    [50, 25],
    [75, 25],
  ]);
  expect(plot.columns.map(({ height }) => height)).toEqual([50, 100, 0, 20]);
  for (const { y, height } of plot.columns) expect(y + height, 'the baseline').toBe(100);
  expect(plot.xTicks).toEqual([
    { at: 0, label: '0' },
    { at: 100, label: '80' },
  ]);
  expect([plot.x(40), plot.y(5)]).toEqual([50, 50]);
});

test('columns of nothing lie flat', () => {
  const plot = layOutColumns([0, 0], { start: 0, step: 1, xTicks: [], yFormat: '.0%' });
  expect(plot.columns.map(({ height }) => height)).toEqual([0, 0]);
});

test('counts that follow Zipf’s law lie on its line', () => {
  const points = [1, 10, 100].map((rank) => ({ rank, count: 1000 / rank }));
  const plot = layOutRankFrequency(points);
  expect(plot.xTicks.map(({ label }) => label)).toEqual(['1', '10', '100']);
  expect(plot.xTicks.map(({ at }) => Math.round(at))).toEqual([0, 50, 100]);
  expect(plot.yTicks.map(({ label }) => label)).toEqual(['1', '10', '100', '1,000']);
  const slopes = [1, 10].map(
    (rank) => (plot.y(100 / rank) - plot.y(1000 / rank)) / (plot.x(10 * rank) - plot.x(rank)),
  );
  expect(slopes[0], 'a straight line').toBeCloseTo(slopes[1]!, 9);
  const ends = (path: string) => path.split(/[ML]/).filter(Boolean);
  expect(ends(plot.zipf)[0], 'both begin at the commonest word').toBe(ends(plot.path)[0]);
});
