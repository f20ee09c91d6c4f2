import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { BUILDS } from '../../../src/core/kernels/simd/best-build.ts';
import type { SimdModule } from '../../../src/core/kernels/simd/module.ts';
import { loadBuild, numbers, relativeError } from './simd-fixture.ts';

/** Of float32 sums of up to 700 products, against float64. */
const TOLERANCE = 5e-6;

interface Shape {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly aTransposed: boolean;
  readonly bTransposed: boolean;
  readonly biased: boolean;
  readonly accumulate: boolean;
  readonly seed: number;
}

const shapes = (largest: number) =>
  fc.record<Shape>({
    m: fc.integer({ min: 1, max: largest }),
    n: fc.integer({ min: 1, max: largest }),
    k: fc.integer({ min: 1, max: largest }),
    aTransposed: fc.boolean(),
    bTransposed: fc.boolean(),
    biased: fc.boolean(),
    accumulate: fc.boolean(),
    seed: fc.integer(),
  });

function check({ heap, run }: SimdModule, shape: Shape): void {
  const { m, n, k, aTransposed, bTransposed, biased, accumulate, seed } = shape;
  const place = (values: Float32Array) => {
    const address = heap.allocate(values.length * 4);
    heap.floats(address, values.length).set(values);
    return address;
  };
  const a = numbers(seed, m * k);
  const b = numbers(seed + 1, k * n);
  const bias = numbers(seed + 2, n);
  // Guard numbers around the result show a write outside of it.
  const start = numbers(seed + 3, m * n + 2);
  const addresses = [a, b, bias, start].map(place) as [number, number, number, number];
  const [aAt, bAt, biasAt, cAt] = addresses;
  heap.borrow(run.gemmScratch(), (scratch) =>
    run.gemm(
      ...([m, n, k, aAt, aTransposed ? m : k, Number(aTransposed)] as const),
      ...([bAt, bTransposed ? k : n, Number(bTransposed)] as const),
      ...([cAt + 4, n, biased ? biasAt : 0, Number(accumulate), scratch] as const),
    ),
  );
  const actual = heap.floats(cAt, m * n + 2).slice();
  for (const address of addresses) heap.free(address);

  const expected = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = (biased ? bias[j]! : 0) + (accumulate ? start[1 + i * n + j]! : 0);
      for (let l = 0; l < k; l++) {
        sum += a[aTransposed ? l * m + i : i * k + l]! * b[bTransposed ? j * k + l : l * n + j]!;
      }
      expected[i * n + j] = sum;
    }
  }
  expect([actual[0], actual.at(-1)], 'wrote outside of the result').toEqual([
    start[0],
    start.at(-1),
  ]);
  const error = relativeError(actual.subarray(1, -1), expected);
  expect(error, `off by ${error} of the largest number`).toBeLessThan(TOLERANCE);
}

describe.each(BUILDS)('matrix product, %s build', (build) => {
  let module: SimdModule;
  beforeAll(async () => {
    module = await loadBuild(build);
  });

  it('agrees with float64 on small shapes', () => {
    fc.assert(
      fc.property(shapes(40), (shape) => check(module, shape)),
      { seed: 1, numRuns: 400 },
    );
  });

  it('agrees with it across the blocks of all three dimensions', () => {
    const plain = {
      aTransposed: false,
      bTransposed: false,
      biased: true,
      accumulate: false,
      seed: 1,
    };
    check(module, { ...plain, m: 131, n: 517, k: 259 });
    check(module, { ...plain, m: 131, n: 517, k: 259, aTransposed: true, accumulate: true });
    check(module, { ...plain, m: 5, n: 700, k: 700, bTransposed: true });
  });

  it('leaves nothing in the heap', () => expect(module.heap.used).toBe(0));
});
