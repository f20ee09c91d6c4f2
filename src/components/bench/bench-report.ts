import { speedup } from '../../client/index.ts';
import type { BenchState } from '../../client/index.ts';

/** The machine, as far as the browser tells. Only some say how much memory there is. */
interface Machine extends Navigator {
  readonly deviceMemory?: number;
}

/** What a reader copies: the figures, and all that is needed to read them. */
export function benchReport({ machine, rounds, rows }: BenchState): object {
  const { hardwareConcurrency, deviceMemory, userAgent } = navigator as Machine;
  const { backends, simdBuild, threads, crossOriginIsolated, shape } = machine;
  return {
    page: location.href,
    date: new Date().toISOString(),
    browser: userAgent,
    machine: { cores: hardwareConcurrency, memoryGiB: deviceMemory ?? null, crossOriginIsolated },
    engines: Object.fromEntries(
      backends.map(({ backend, status, detail }) => [backend, { status, detail }]),
    ),
    simd: { build: simdBuild, threads },
    shape,
    rounds,
    steps: rows.map((row) => ({
      layers: row.plan.layers,
      backend: row.plan.backend,
      words: row.plan.shape.steps,
      timing: row.timing,
      gigaflops: row.gigaflops,
      speedOverTensorFlowJs: speedup(row, rows),
      problem: row.problem,
    })),
  };
}
