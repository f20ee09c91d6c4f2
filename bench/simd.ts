/**
 * Times the SIMD backend on one thread: matrix products, and a whole training step of
 * Embedding(10,000 → 128) → LSTM(64) → Dense(1) at batch 32 and 500 timesteps, beside the same step
 * on tfjs's own layers and `cpu` backend. Prints medians as JSON. `--no-stock` leaves tfjs's out,
 * which takes some ten seconds per step.
 */
import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { buildSimd, SIMD_BUILDS } from '../scripts/simd.ts';
import { registerUnsortedSegmentSum } from '../src/core/kernels/cpu/unsorted-segment-sum.ts';
import { registerRecurrentGradient } from '../src/core/kernels/gradients/recurrent.ts';
import { SIMD } from '../src/core/kernels/simd/backend.ts';
import { loadSimd, type SimdModule } from '../src/core/kernels/simd/module.ts';
import { registerSimd } from '../src/core/kernels/simd/register.ts';
import { makeBatch, SHAPE } from './simd/batch.ts';
import { median } from './simd/median.ts';
import { simdStep } from './simd/simd-step.ts';
import { stockStep } from './simd/stock-step.ts';

const ROUNDS = 21;
const STOCK_ROUNDS = 3;

await tf.setBackend('cpu');
registerUnsortedSegmentSum();
registerRecurrentGradient();
await buildSimd({ ifStale: true });
const module = await loadSimd(() => readFile(SIMD_BUILDS.relaxed));
registerSimd(module);
const products = multiplications(module);

await tf.setBackend(SIMD);
const whole = simdStep(makeBatch({ padded: false }));
const masked = simdStep(makeBatch({ padded: true }));
for (let i = 0; i < 5; i++) [whole, masked].forEach(({ run }) => run());

const times = { whole: [] as number[], masked: [] as number[], stock: [] as number[] };
const withStock = !process.argv.includes('--no-stock');
let stock: (() => void) | undefined;
for (let round = 0; round < ROUNDS; round++) {
  await tf.setBackend(SIMD);
  times.whole.push(time(whole.run));
  times.masked.push(time(masked.run));
  if (!withStock || round % Math.ceil(ROUNDS / STOCK_ROUNDS) !== 0) continue;
  await tf.setBackend('cpu');
  stock ??= stockStep(makeBatch({ padded: false }));
  times.stock.push(time(stock));
}

const report = {
  build: module.build,
  shape: SHAPE,
  distinct: { whole: whole.distinct, masked: masked.distinct },
  gigaflops: products,
  stepMs: {
    simd: median(times.whole),
    simdMasked: median(times.masked),
    ...(withStock && { tfjsCpu: median(times.stock) }),
  },
};
console.log(JSON.stringify(report, undefined, 2));

function time(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

/** Gigaflops of the products that a step is made of. */
function multiplications({ heap, run }: SimdModule): Record<string, number> {
  const shapes = {
    'step: 32 × 64 · 64 × 256': [32, 256, 64, 0, 0],
    'step back: 32 × 256 · 256 × 64': [32, 64, 256, 0, 1],
    'projections: 2500 × 128 · 128 × 256': [2500, 256, 128, 0, 0],
    'kernel gradient: 128 × 2500 · 2500 × 256': [128, 256, 2500, 1, 0],
  } as const;
  return Object.fromEntries(
    Object.entries(shapes).map(([name, [m, n, k, ta, tb]]) => {
      const [a, b, c] = [m * k, k * n, m * n].map((size) => heap.allocate(size * 4)) as [
        number,
        number,
        number,
      ];
      heap.floats(a, m * k).fill(0.5);
      heap.floats(b, k * n).fill(0.25);
      const scratch = heap.allocate(run.gemmScratch());
      const repeats = Math.ceil(1e8 / (m * n * k));
      const ms = Array.from({ length: 15 }, () =>
        time(() => {
          for (let i = 0; i < repeats; i++) {
            run.gemm(m, n, k, a, ta ? m : k, ta, b, tb ? k : n, tb, c, n, 0, 0, scratch);
          }
        }),
      );
      for (const address of [a, b, c, scratch]) heap.free(address);
      return [name, Math.round((2 * m * n * k * repeats) / median(ms) / 1e5) / 10];
    }),
  );
}
