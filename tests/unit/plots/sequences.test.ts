import fc from 'fast-check';
import { expect, test } from 'vitest';
import { divergingRamp, rampIndex } from '../../../src/plots/cells/ramp.ts';
import type { Palette } from '../../../src/plots/frame/theme.ts';
import { logShare, magnitudes } from '../../../src/plots/gradient-strip/log-share.ts';
import { cellMarks, padRuns } from '../../../src/plots/heat-map/layout.ts';
import { clampRange, zoomRange } from '../../../src/plots/heat-map/range.ts';
import { gatherTokens } from '../../../src/plots/tokens/runs.ts';
import type { Token } from '../../../src/plots/tokens/types.ts';

const PALETTE: Palette = {
  surface: 'rgb(255, 255, 255)',
  ink: 'rgb(0, 0, 0)',
  'ink-soft': 'rgb(80, 80, 80)',
  rule: 'rgb(200, 200, 200)',
  positive: 'rgb(0, 0, 255)',
  negative: 'rgb(255, 128, 0)',
  pad: 'rgb(150, 150, 150)',
  accent: 'rgb(0, 0, 255)',
};

test('the colours run from negative over the surface to positive, opaque', () => {
  const ramp = divergingRamp(PALETTE);
  const color = (share: number): number[] => {
    const pixel = ramp[rampIndex(share)]!;
    return [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255, pixel >>> 24];
  };
  expect(color(0)).toEqual([255, 128, 0, 255]);
  expect(color(1)).toEqual([0, 0, 255, 255]);
  for (const channel of color(0.5)) expect(channel).toBeGreaterThan(250);
  expect(color(-3), 'clamped').toEqual(color(0));
  expect(rampIndex(Number.NaN), 'no number has no colour').toBe(-1);
});

test('a cell is found where it is drawn', () => {
  const box = { x: 30, y: 10, width: 200, height: 60 };
  const data = { values: Float32Array.from({ length: 60 }, (_, i) => i), steps: 20, units: 3 };
  const drawn = cellMarks(data, box, [5, 15], String);
  expect(drawn.count).toBe(30);
  for (let index = 0; index < drawn.count; index++) {
    const { x, y, width, height, group } = drawn.mark(index);
    expect(drawn.nearest(x + width! / 2, y + height! / 2)).toBe(index);
    expect(drawn.guide!(group!)!.x).toBe(x);
  }
  expect(drawn.mark(0).text).toEqual(['15', 'unit 1, timestep 6']);
  expect(drawn.nearest(29, 20)).toBe(-1);
  expect(drawn.guide!(5), 'out of view').toBeUndefined();
});

test('a picture without values has axes, but nothing to point at', () => {
  const box = { x: 30, y: 10, width: 200, height: 60 };
  const drawn = cellMarks({ values: [], steps: 20, units: 3 }, box, [0, 20], String);
  expect(drawn.count).toBe(0);
  expect(drawn.nearest(100, 30)).toBe(-1);
  for (const key of ['ArrowRight', 'End'] as const) expect(drawn.step(-1, key)).toBe(-1);
});

test('neighbouring padding is one run', () => {
  const pad = [true, true, false, true];
  expect(padRuns(pad, 0, 4)).toEqual([
    { from: 0, to: 2 },
    { from: 3, to: 4 },
  ]);
  expect(padRuns(pad, 1, 3)).toEqual([{ from: 1, to: 2 }]);
});

test('zooming keeps the step under the pointer and stays inside', () => {
  expect(zoomRange([0, 100], 0.5, 50, 100, 4)).toEqual([25, 75]);
  expect(zoomRange([0, 100], 0.5, 0, 100, 4)).toEqual([0, 50]);
  expect(zoomRange([90, 100], 2, 99, 100, 4)).toEqual([80, 100]);
  expect(zoomRange([10, 14], 0.5, 12, 100, 4), 'the least').toEqual([10, 14]);
  expect(clampRange([50, 80], 60), 'the data got shorter').toEqual([50, 60]);
  const steps = fc.integer({ min: 4, max: 500 });
  fc.assert(
    fc.property(
      steps,
      fc.double({ min: 0.1, max: 4, noNaN: true }),
      fc.nat(499),
      (size, factor, at) => {
        const [from, to] = zoomRange([0, size], factor, Math.min(at, size - 1), size, 4);
        expect(from >= 0 && to <= size && to - from >= 4).toBe(true);
      },
    ),
    { seed: 5 },
  );
});

test('padding is gathered, words are not', () => {
  const token = (kind: Token['kind']): Token => ({ text: 'a', id: 0, kind });
  const runs = gatherTokens(
    ['pad', 'pad', 'pad', 'start', 'word', 'word', 'pad'].map((kind) =>
      token(kind as Token['kind']),
    ),
  );
  expect(runs.map(({ token: { kind }, from, to }) => [kind, from, to])).toEqual([
    ['pad', 0, 3],
    ['start', 3, 4],
    ['word', 4, 5],
    ['word', 5, 6],
    ['pad', 6, 7],
  ]);
});

test('a logarithmic scale covers the values in whole decades, at most twelve', () => {
  expect(magnitudes([[3e-4, 0.2], [0]])).toEqual([1e-4, 1]);
  expect(magnitudes([[0, 0]])).toEqual([1e-3, 1]);
  expect(magnitudes([[2]])).toEqual([1, 10]);
  const [low, high] = magnitudes([[1e-30, 1]]);
  expect(high / low).toBeCloseTo(1e12, -3);
  expect([0, 1e-4, 1e-2, 1, 7].map((value) => logShare(value, [1e-4, 1]))).toEqual([
    0, 0, 0.5, 1, 1,
  ]);
});
