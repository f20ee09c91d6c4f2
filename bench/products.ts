import type { SimdModule } from '../src/core/kernels/simd/module.ts';
import { median, time } from './median.ts';

/** [m, n, k, whether a is transposed, whether b is] */
const SHAPES = {
  'step: 32 × 64 · 64 × 256': [32, 256, 64, 0, 0],
  'step back: 32 × 256 · 256 × 64': [32, 64, 256, 0, 1],
  'projections: 2500 × 128 · 128 × 256': [2500, 256, 128, 0, 0],
  'kernel gradient: 128 × 2500 · 2500 × 256': [128, 256, 2500, 1, 0],
} as const;

/** Gigaflops of the matrix products that a training step is made of, on one thread. */
export function timeProducts({ heap, run }: SimdModule): Record<string, number> {
  return Object.fromEntries(
    Object.entries(SHAPES).map(([name, [m, n, k, ta, tb]]) => {
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
