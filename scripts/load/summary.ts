import { SAMPLE_SECONDS } from './clients.ts';
import type { Outcome } from './clients.ts';

/** What is written down of a load. */
export function summarize({ seconds, latencies, failures, memory, model }: Outcome) {
  const sorted = latencies.toSorted((a, b) => a - b);
  const percentile = (share: number): number =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0, 1);
  return {
    model,
    seconds: round(seconds, 1),
    requests: latencies.length,
    failures,
    requests_per_second: round(latencies.length / seconds, 1),
    latency_ms: { p50: percentile(0.5), p99: percentile(0.99), max: percentile(1) },
    memory_mib: {
      every_seconds: SAMPLE_SECONDS,
      samples: memory,
      growth_per_minute: round(slope(memory) * (60 / SAMPLE_SECONDS), 2),
    },
  };
}

/** Least-squares slope, a sample, over the second half: by then caches are full. */
function slope(samples: readonly number[]): number {
  const half = samples.slice(Math.floor(samples.length / 2));
  const middle = (half.length - 1) / 2;
  const mean = half.reduce((sum, value) => sum + value, 0) / half.length;
  const spread = half.reduce((sum, _, i) => sum + (i - middle) ** 2, 0);
  return spread === 0
    ? 0
    : half.reduce((sum, value, i) => sum + (i - middle) * (value - mean), 0) / spread;
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
