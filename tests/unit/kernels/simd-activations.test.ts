import { beforeAll, describe, expect, it } from 'vitest';
import { BUILDS } from '../../../src/core/kernels/simd/best-build.ts';
import type { SimdModule } from '../../../src/core/kernels/simd/module.ts';
import { loadBuild } from './simd-fixture.ts';

/** What the sources promise: relative to the true value. */
const TOLERANCE = 2e-7;

const FUNCTIONS = [
  { kernel: 'sigmoidAll', exact: (x: number) => 1 / (1 + Math.exp(-x)), largest: 87 },
  { kernel: 'tanhAll', exact: (x: number) => Math.tanh(x), largest: 50 },
] as const;

describe.each(BUILDS)('activations, %s build', (build) => {
  let module: SimdModule;
  beforeAll(async () => {
    module = await loadBuild(build);
  });

  const apply = (kernel: 'sigmoidAll' | 'tanhAll', values: Float32Array): Float32Array =>
    module.heap.borrow(values.length * 4, (address) => {
      module.heap.floats(address, values.length).set(values);
      module.run[kernel](values.length, address, address);
      return module.heap.floats(address, values.length).slice();
    });

  it.each(FUNCTIONS)('$kernel is within 2e-7 of its size', ({ kernel, exact, largest }) => {
    const grid = Float32Array.from({ length: 400_001 }, (_, i) => (i / 200_000 - 1) * largest);
    const tiny = Float32Array.from(
      { length: 2001 },
      (_, i) => 10 ** (-30 + i / 70) * (i % 2 ? 1 : -1),
    );
    for (const x of [grid, tiny, grid.map((value) => value / 50)]) {
      const y = apply(kernel, x);
      let worst = 0;
      let where = 0;
      for (let i = 0; i < x.length; i++) {
        const truth = exact(x[i]!);
        if (truth === 0 && y[i] === 0) continue;
        const error = Math.abs(y[i]! / truth - 1);
        if (!(error <= worst)) [worst, where] = [error, x[i]!];
      }
      expect(worst, `${kernel}(${where}) is off by ${worst}`).toBeLessThan(TOLERANCE);
    }
  });

  it.each(FUNCTIONS)('$kernel saturates, and keeps NaN', ({ kernel, exact }) => {
    const y = apply(kernel, Float32Array.of(1e4, Infinity, NaN, -Infinity, -1e4, 0, -0));
    expect(y[0]).toBe(1);
    expect(y[1]).toBe(1);
    expect(y[2]).toBeNaN();
    expect(y[3]).toBeCloseTo(exact(-Infinity), 30);
    expect(y[4]).toBeCloseTo(exact(-1e4), 30);
    expect(y[5]).toBe(exact(0));
    expect(y[6]).toBe(exact(-0));
  });
});
