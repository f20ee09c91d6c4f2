/**
 * Times one training step of Embedding(10,000 → 128) → LSTM(64) → Dense(1), batch 32 of real reviews,
 * 500 timesteps, on one thread: ours with and without a mask, TensorFlow.js's own layers on its `cpu`
 * backend (with its segment sum repaired), and PyTorch where it is installed. The rounds are
 * interleaved, so that all see the same machine. Writes bench/results/latest.json and
 * docs/benchmarks.md.
 *
 *   npm run bench
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { machine } from '../scripts/measure/machine.ts';
import { SIMD_BUILDS } from '../scripts/simd.ts';
import { registerUnsortedSegmentSum } from '../src/core/kernels/cpu/unsorted-segment-sum.ts';
import { registerRecurrentGradient } from '../src/core/kernels/gradients/recurrent.ts';
import { SIMD } from '../src/core/kernels/simd/backend.ts';
import { loadSimd } from '../src/core/kernels/simd/module.ts';
import { registerSimd } from '../src/core/kernels/simd/register.ts';
import { realBatch, SHAPE } from './batch.ts';
import { fusedStep } from './fused-step.ts';
import { time, timing } from './median.ts';
import { timeProducts } from './products.ts';
import type { BenchResult } from './report.ts';
import { reportPage } from './report.ts';
import { stockStep } from './stock-step.ts';
import { startTorch } from './torch.ts';

/** Ratios that this command does not measure yet, and why. */
const NOT_RUN = {
  simd_vs_stock_best: 'Needs stock backends in a browser.',
  epoch_vs_pytorch: 'Needs whole epochs on both sides.',
  gemm_vs_peak: 'Needs a measured multiply-add peak of the machine.',
  webgpu_vs_stock: 'Needs a browser.',
  webgl_vs_stock: 'Needs a browser.',
  gpu_vs_cudnn: 'Needs a graphics card.',
};

const ROUNDS = 21;
/** A stock step takes seconds. */
const STOCK_EVERY = 7;

const batch = await realBatch();
const torch = await startTorch(batch);

await tf.setBackend('cpu');
registerUnsortedSegmentSum();
registerRecurrentGradient();
const simd = await loadSimd((build) => readFile(SIMD_BUILDS[build]));
registerSimd(simd);
const gigaflops = timeProducts(simd);

await tf.setBackend(SIMD);
const whole = fusedStep({ ...batch, mask: undefined });
const masked = fusedStep(batch);
for (let i = 0; i < 5; i++) {
  whole.run();
  masked.run();
}
await torch?.step();

const times = {
  whole: [] as number[],
  masked: [] as number[],
  stock: [] as number[],
  torch: [] as number[],
};
let stock: (() => void) | undefined;
for (let round = 0; round < ROUNDS; round++) {
  await tf.setBackend(SIMD);
  times.whole.push(time(whole.run));
  times.masked.push(time(masked.run));
  if (torch) times.torch.push(await torch.step());
  if (round % STOCK_EVERY !== 0) continue;
  await tf.setBackend('cpu');
  stock ??= stockStep(batch);
  times.stock.push(time(stock));
}
torch?.close();

const steps = {
  simd: timing(times.whole),
  simdMasked: timing(times.masked),
  tfjsCpuRepaired: timing(times.stock),
  ...(torch && { pytorch: timing(times.torch) }),
};
const ratio = (theirs: number, ours: number): number => Math.round((100 * theirs) / ours) / 100;
const result: BenchResult = {
  machine: machine(),
  pytorch: torch?.version ?? null,
  simdBuild: simd.build,
  shape: SHAPE,
  distinctWords: whole.distinct,
  steps,
  gigaflops,
  ratios: {
    simd_vs_repaired_cpu: ratio(steps.tfjsCpuRepaired.medianMs, steps.simd.medianMs),
    simd_vs_pytorch_dense: steps.pytorch
      ? ratio(steps.pytorch.medianMs, steps.simd.medianMs)
      : null,
    ...Object.fromEntries(Object.keys(NOT_RUN).map((name) => [name, null])),
  },
  notRun: { ...NOT_RUN, ...(torch ? {} : { simd_vs_pytorch_dense: 'PyTorch is not installed.' }) },
};

mkdirSync('bench/results', { recursive: true });
writeFileSync('bench/results/latest.json', `${JSON.stringify(result, null, 2)}\n`);
writeFileSync('docs/benchmarks.md', reportPage(result));
console.log(readFileSync('docs/benchmarks.md', 'utf8'));
