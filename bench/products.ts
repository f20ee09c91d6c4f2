import type { SimdModule } from '../src/core/kernels/simd/module.ts';
import type { ProductSpeeds } from './browser/protocol.ts';

/** What `assembly/peak.ts` exports. A round is twelve multiply-adds of four numbers. */
export interface PeakExports {
  multiplyAdd(rounds: number, a: number, b: number): number;
}
const FLOPS_OF_ROUND = 96;

interface Product {
  readonly name: string;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly transposed?: 'a' | 'b';
  /** How often a step of 500 timesteps has it. */
  readonly times: number;
}

/** The matrix products of a training step whose batch holds some 2,200 distinct words. */
const PRODUCTS: readonly Product[] = [
  { name: 'timestep, forward', m: 32, n: 256, k: 64, times: 500 },
  { name: 'timestep, backward', m: 32, n: 64, k: 256, transposed: 'b', times: 500 },
  { name: 'recurrent kernel’s gradient', m: 64, n: 256, k: 256, transposed: 'a', times: 62 },
  { name: 'projections', m: 2200, n: 256, k: 128, times: 1 },
  { name: 'kernel’s gradient', m: 128, n: 256, k: 2200, transposed: 'a', times: 1 },
  { name: 'embeddings’ gradient', m: 2200, n: 128, k: 256, transposed: 'b', times: 1 },
];

/** Enough operations to fill some milliseconds. */
const FLOPS_OF_TIMING = 2e8;

/**
 * Times the matrix products of a step beside the processor's peak, interleaved. Each counts in its
 * fastest round: a peak is what can be had, and what else the machine does must not lower it.
 */
export function timeProducts(
  { heap, run }: SimdModule,
  { multiplyAdd }: PeakExports,
  rounds: number,
): ProductSpeeds {
  const scratch = heap.allocate(run.gemmScratch());
  const tasks = PRODUCTS.map(({ m, n, k, transposed }) => {
    const [a, b, c] = [m * k, k * n, m * n].map((size) => heap.allocate(4 * size));
    heap.floats(a!, m * k).fill(0.5);
    heap.floats(b!, k * n).fill(0.25);
    const left = [a!, transposed === 'a' ? m : k, Number(transposed === 'a')] as const;
    const right = [b!, transposed === 'b' ? k : n, Number(transposed === 'b')] as const;
    return {
      flops: 2 * m * n * k,
      once: () => run.gemm(m, n, k, ...left, ...right, c!, n, 0, 0, scratch),
    };
  });
  const peakRounds = FLOPS_OF_TIMING / FLOPS_OF_ROUND;
  const speeds = [
    ...tasks.map(({ flops, once }) => {
      const repeats = Math.ceil(FLOPS_OF_TIMING / flops);
      return speedOf(repeats * flops, () => {
        for (let i = 0; i < repeats; i++) once();
      });
    }),
    speedOf(FLOPS_OF_TIMING, () => void multiplyAdd(peakRounds, 1e-3, 1e-3)),
  ];
  const fastest = speeds.map(() => 0);
  for (let round = 0; round < rounds; round++) {
    for (const [i, speed] of speeds.entries()) fastest[i] = Math.max(fastest[i]!, speed());
  }
  const total = (each: (i: number) => number): number =>
    PRODUCTS.reduce((sum, { times }, i) => sum + times * each(i), 0);
  const together = total((i) => tasks[i]!.flops) / total((i) => tasks[i]!.flops / fastest[i]!);
  return {
    peak: rounded(fastest.at(-1)!),
    products: Object.fromEntries(
      PRODUCTS.map(({ name, m, n, k }, i) => [
        `${name}: ${m} × ${k} · ${k} × ${n}`,
        rounded(fastest[i]!),
      ]),
    ),
    together: rounded(together),
  };
}

/** GFLOP/s of a task, each time it is called. */
function speedOf(flops: number, task: () => void): () => number {
  return () => {
    const start = performance.now();
    task();
    return flops / (performance.now() - start) / 1e6;
  };
}

const rounded = (value: number): number => Math.round(10 * value) / 10;
