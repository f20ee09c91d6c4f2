import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GATES, KernelShapeError } from '../../../src/core/kernels/spec/recurrent.ts';
import type { CellKind } from '../../../src/core/kernels/spec/recurrent.ts';
import { planGradient } from '../../../src/core/kernels/webgpu/kernel-gradient-plan.ts';
import { planChunks, planRecurrent } from '../../../src/core/kernels/webgpu/plan.ts';

const LIMITS = {
  maxComputeWorkgroupStorageSize: 16_384,
  maxComputeInvocationsPerWorkgroup: 256,
  maxComputeWorkgroupSizeX: 256,
};
const cells = fc.constantFrom<CellKind>('LSTM', 'GRU', 'SimpleRNN');

describe('The plan of a recurrent shader', () => {
  it('keeps the weights of small cells in registers, a column a thread', () => {
    expect(planRecurrent('test', 'LSTM', 64, 32, LIMITS)).toEqual({
      units: 64,
      columns: 256,
      threads: 256,
      lanes: 1,
      weights: 'registers',
    });
  });

  it('shares the weights of large cells between as many rows of the batch as fit', () => {
    const lanesOf = (units: number, batch: number): number =>
      planRecurrent('test', 'LSTM', units, batch, LIMITS).lanes;
    expect([65, 170, 171, 341, 342, 512].map((units) => lanesOf(units, 32))).toEqual([
      4, 4, 2, 2, 1, 1,
    ]);
    expect([1, 2, 3].map((batch) => lanesOf(100, batch))).toEqual([1, 2, 4]);
  });

  it('fits every device up to 512 units', () => {
    fc.assert(
      fc.property(
        cells,
        fc.integer({ min: 1, max: 512 }),
        fc.integer({ min: 1, max: 64 }),
        fc.constantFrom(64, 128, 256),
        fc.boolean(),
        (cell, units, batch, threads, dropped) => {
          const limits = { ...LIMITS, maxComputeInvocationsPerWorkgroup: threads };
          const plan = planRecurrent('test', cell, units, batch, limits, dropped);
          expect(plan.threads).toBeLessThanOrEqual(threads);
          // In registers, the way back holds the parts of its sums as well.
          const ofGates = plan.weights === 'registers' ? 2 * GATES[cell] : GATES[cell];
          const ofState = dropped ? 3 : 2;
          const bytes = 4 * plan.lanes * (ofGates + ofState) * units;
          expect(bytes).toBeLessThanOrEqual(16_384);
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });

  it('names the most units that a device can hold', () => {
    const plan = (units: number) => planRecurrent('RecurrentForward', 'LSTM', units, 1, LIMITS);
    expect(() => plan(683)).toThrow(
      new KernelShapeError(
        'RecurrentForward',
        'recurrentKernel',
        'has 683 units, but this GPU holds at most 682 of LSTM in a workgroup',
      ),
    );
    expect(plan(682).lanes).toBe(1);
  });
});

describe('The chunks of a sequence', () => {
  it('follow one another from the first timestep to the last', () => {
    fc.assert(
      fc.property(
        cells,
        fc.integer({ min: 1, max: 512 }),
        fc.integer({ min: 1, max: 256 }),
        fc.integer({ min: 1, max: 3000 }),
        (cell, units, batch, steps) => {
          const plan = planRecurrent('test', cell, units, batch, LIMITS);
          let next = 0;
          for (const { first, count } of planChunks(plan, batch, steps)) {
            expect(first).toBe(next);
            expect(count).toBeGreaterThan(0);
            expect(count === 1 || batch * count * units * plan.columns <= 2 ** 25).toBe(true);
            next += count;
          }
          expect(next).toBe(steps);
        },
      ),
      { seed: 1, numRuns: 100 },
    );
  });
});

describe('The runs of the sum over timesteps', () => {
  it('cover every position, and none is empty', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 513 }),
        fc.integer({ min: 1, max: 2048 }),
        fc.integer({ min: 1, max: 100_000 }),
        (height, columns, positions) => {
          const { splits, depth } = planGradient(height, columns, positions);
          expect(splits * depth).toBeGreaterThanOrEqual(positions);
          expect((splits - 1) * depth).toBeLessThan(positions);
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });
});
