import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeLines } from '../../../src/plots/line.ts';
import { decimate } from '../../../src/plots/line/decimate.ts';
import { lineAxes } from '../../../src/plots/line/scales.ts';
import type { LineOptions, Point } from '../../../src/plots/line/types.ts';

const OPTIONS: LineOptions = { title: 'Loss', x: { label: 'step' }, y: { label: 'loss' } };

test('a decimated line keeps its ends and every extreme, and is short', () => {
  const points = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
    minLength: 1,
    maxLength: 3000,
  });
  fc.assert(
    fc.property(points, fc.integer({ min: 1, max: 200 }), (values, pixels) => {
      const line = values.map((y, x): Point => [x, y]);
      const kept = decimate(line, pixels);
      const heights = kept.map(([, y]) => y);
      expect(kept[0]).toEqual(line[0]);
      expect(kept.at(-1)).toEqual(line.at(-1));
      expect(Math.min(...heights)).toBe(Math.min(...values));
      expect(Math.max(...heights)).toBe(Math.max(...values));
      expect(kept.length).toBeLessThanOrEqual(4 * (pixels + 1));
      expect(kept.map(([x]) => x)).toEqual(kept.map(([x]) => x).toSorted((a, b) => a - b));
    }),
    { seed: 5, numRuns: 60 },
  );
});

test('axes hold all points, guides and what they are told to include', () => {
  const { x, y, margin } = lineAxes(
    {
      series: [
        {
          name: 'a',
          points: [
            [0, 0.3],
            [50, 0.9],
          ],
        },
      ],
      xMax: 100,
      guides: [{ value: 1.4, label: 'guessing' }],
    },
    { ...OPTIONS, y: { include: [0] } },
    400,
    300,
  );
  expect(x.scale(100)).toBe(400 - margin.right);
  expect(y.scale.domain()[0]).toBe(0);
  expect(y.scale.domain()[1]).toBeGreaterThanOrEqual(1.4);
  expect(y.scale(0)).toBe(300 - margin.bottom);
});

test('a logarithmic axis has powers of ten as ticks and leaves out what is not positive', () => {
  const { y } = lineAxes(
    {
      series: [
        {
          name: 'a',
          points: [
            [0, 0],
            [1, 2e-9],
            [2, 3],
          ],
        },
      ],
    },
    { ...OPTIONS, y: { scale: 'log' } },
    400,
    300,
  );
  expect(y.scale.domain()).toEqual([1e-9, 10]);
  for (const tick of y.ticks) expect(Math.log10(tick)).toBeCloseTo(Math.round(Math.log10(tick)), 9);
  expect(y.scale(1e-9)).toBeGreaterThan(y.scale(1));
});

test.each([
  ['nothing', []],
  ['one point', [[3, 0.5]]],
  [
    'a level line',
    [
      [0, 0.5],
      [1, 0.5],
    ],
  ],
  [
    'a line at 0',
    [
      [0, 0],
      [1, 0],
    ],
  ],
] as [string, Point[]][])('axes of %s have a width and a height', (_, points) => {
  for (const scale of ['linear', 'log'] as const) {
    const axes = lineAxes(
      { series: [{ name: 'a', points }] },
      { ...OPTIONS, y: { scale } },
      400,
      300,
    );
    for (const { scale: drawn } of [axes.x, axes.y]) {
      const [low, high] = drawn.domain() as [number, number];
      expect(low, `${scale} ${low} to ${high}`).toBeLessThan(high);
      expect(drawn.range().every(Number.isFinite)).toBe(true);
    }
  }
});

test('a sentence says where each line begins and ends', () => {
  const words = { xLabel: 'step', x: String, y: (value: number) => value.toFixed(1) };
  expect(describeLines([], words)).toBe('nothing to show yet');
  const series = [
    {
      name: 'training',
      points: [
        [1, 0.7],
        [9, 0.2],
      ] as Point[],
    },
    { name: 'held out', points: [] },
  ];
  expect(describeLines(series, words)).toBe('training from 0.7 to 0.2 at step 9');
});
