import type { machine } from '../scripts/measure/machine.ts';
import type { Build } from '../src/core/kernels/simd/best-build.ts';
import type { SHAPE } from './batch.ts';
import type { Timing } from './median.ts';

/** What `bench/results/latest.json` holds. */
export interface BenchResult {
  readonly machine: ReturnType<typeof machine>;
  /** PyTorch's version; null where it is not installed. */
  readonly pytorch: string | null;
  readonly simdBuild: Build;
  readonly shape: typeof SHAPE;
  /** Distinct words of the batch: only these are projected. */
  readonly distinctWords: number;
  readonly steps: {
    readonly simd: Timing;
    readonly simdMasked: Timing;
    readonly tfjsCpuRepaired: Timing;
    readonly pytorch?: Timing;
  };
  /** Of the matrix products of a step, one thread. */
  readonly gigaflops: Readonly<Record<string, number>>;
  /** Speed of ours over theirs; null where it was not run. */
  readonly ratios: Readonly<Record<string, number | null>>;
  /** Why a ratio is null. */
  readonly notRun: Readonly<Record<string, string>>;
}

const NAMES = {
  simd: 'ours, SIMD, padding read like words',
  simdMasked: 'ours, SIMD, padding masked',
  tfjsCpuRepaired: 'TensorFlow.js `cpu`, its segment sum repaired',
  pytorch: 'PyTorch, one thread, padding read like words',
} as const;

/** `docs/benchmarks.md`, made from the result. */
export function reportPage({
  machine,
  pytorch,
  shape,
  distinctWords,
  steps,
  gigaflops,
  ratios,
  notRun,
}: BenchResult): string {
  const entries = Object.entries(steps) as [keyof typeof NAMES, Timing][];
  return `# Benchmarks

Made by \`npm run bench\` on ${machine.date}: ${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, TensorFlow.js ${machine.tfjs}${pytorch ? `, PyTorch ${pytorch}` : ''}. The raw figures stand in \`bench/results/latest.json\`.

One training step of Embedding(${shape.vocabulary.toLocaleString('en-GB')} → ${shape.embedding}) → LSTM(${shape.units}) → Dense(1) with Adam, batch ${shape.batch} of real reviews, ${shape.steps} timesteps, one thread. The batch holds ${distinctWords.toLocaleString('en-GB')} distinct words. Rounds are interleaved.

| step | median | fastest | slowest | rounds |
| --- | --- | --- | --- | --- |
${entries.map(([name, { medianMs, minMs, maxMs, runs }]) => `| ${NAMES[name]} | ${medianMs} ms | ${minMs} ms | ${maxMs} ms | ${runs} |`).join('\n')}

Speed of ours over theirs: ${Object.entries(ratios)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `\`${name}\` ${value}`)
    .join(', ')}. Not run: ${Object.entries(notRun)
    .map(([name, reason]) => `\`${name}\` (${reason})`)
    .join(' ')}

| matrix product | GFLOP/s |
| --- | --- |
${Object.entries(gigaflops)
  .map(([name, value]) => `| ${name} | ${value} |`)
  .join('\n')}
`;
}
