import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KernelShapeError } from '../../../src/core/kernels/spec/recurrent.ts';
import { layoutSlabs, regionOf } from '../../../src/core/kernels/webgl/slabs.ts';

const sizes = fc.record({
  batch: fc.integer({ min: 1, max: 20 }),
  steps: fc.integer({ min: 1, max: 40 }),
  units: fc.integer({ min: 1, max: 10 }),
});

test('slabs of one texture lie inside it and apart from each other', () => {
  fc.assert(
    fc.property(sizes, (size) => {
      const layout = layoutSlabs('Test', size, 60 + 200 * size.units);
      for (const parity of [0, 1]) {
        const covered = new Set<number>();
        for (let entry = parity; entry <= size.steps; entry += 2) {
          const { x, y, width, height } = regionOf(layout, entry);
          expect([width, height]).toEqual([size.units, size.batch]);
          expect(x + width, `entry ${entry}`).toBeLessThanOrEqual(layout.width);
          expect(y + height, `entry ${entry}`).toBeLessThanOrEqual(layout.height);
          // Slabs stand on a grid: their corners tell them apart.
          expect([x % size.units, y % size.batch]).toEqual([0, 0]);
          covered.add(y * layout.width + x);
        }
        expect(covered.size).toBe(Math.floor((size.steps - parity) / 2) + 1);
      }
    }),
    { seed: 1, numRuns: 200 },
  );
});

test('sizes are taken up to the limit that the error names, and no further', () => {
  fc.assert(
    fc.property(sizes, (size) => {
      const limit = 32;
      const columns = Math.floor(limit / size.units);
      const most = 2 * columns * Math.floor(limit / size.batch) - 1;
      expect(layoutSlabs('Test', { ...size, steps: most }, limit).width).toBeLessThanOrEqual(limit);
      expect(() => layoutSlabs('Test', { ...size, steps: most + 1 }, limit)).toThrow(
        new KernelShapeError(
          'Test',
          'timesteps',
          `are ${most + 1}, this GPU's limit is ${most} with a batch of ${size.batch} and ${size.units} units`,
        ),
      );
    }),
    { seed: 1, numRuns: 200 },
  );
});

test.each([
  [{ batch: 33, steps: 1, units: 1 }, "Test: batch is 33, this GPU's limit is 32"],
  [{ batch: 1, steps: 1, units: 32 }, "Test: units is 32, this GPU's limit is 31"],
])('%j is refused', (size, message) => {
  expect(() => layoutSlabs('Test', size, 32)).toThrow(message);
});
