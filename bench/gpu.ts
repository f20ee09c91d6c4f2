/**
 * Times our training step on WebGPU, on a graphics card, beside PyTorch with cuDNN where that is
 * installed: in headless Chromium, or in Dawn for Node where there is no Chromium that finds the card.
 * Writes bench/results/gpu.json. Ends with code 3 where there is no graphics card.
 *
 *   npm run bench:gpu
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { machine } from '../scripts/measure/machine.ts';
import { REVIEW_STEP } from '../src/core/benchmark/shape.ts';
import { inChromium } from './gpu/chromium.ts';
import { inDawn } from './gpu/dawn.ts';
import type { GpuRunner } from './gpu/runner.ts';
import { GPU_RESULT } from './gpu-result.ts';
import type { GpuResult } from './gpu-result.ts';
import { interleave } from './interleave.ts';
import { CLIPNORM } from './parts/epoch.ts';
import { Reviews } from './reviews.ts';
import { startTorch } from './torch.ts';

const NO_CARD = 3;
const ROUNDS = 31;

const reviews = await Reviews.open();
const runner = await findRunner();
if (runner) await measure(runner);
else process.exitCode = NO_CARD;

async function findRunner(): Promise<GpuRunner | undefined> {
  const lacks: string[] = [];
  for (const start of [inChromium, inDawn]) {
    const found = await start(reviews);
    if (typeof found !== 'string') return found;
    lacks.push(found);
  }
  console.error(`There is no graphics card to run WebGPU on. ${lacks.join(' ')}`);
  return undefined;
}

async function measure({ runtime, device, time, close }: GpuRunner): Promise<void> {
  const saved = await reviews.save();
  const torch = await startTorch({ device: 'cuda', ...REVIEW_STEP, ...saved, clipnorm: CLIPNORM });
  const { steps } = REVIEW_STEP;
  const trained = (): Promise<number> => torch!.train({ threads: 1, clip: false, from: 0, to: 1 });
  await torch?.train({ threads: 1, clip: false, from: 0, to: 3 });
  const { webgpu, cudnn } = await interleave(
    {
      webgpu: { what: 'ours, WebGPU', steps, time },
      cudnn: torch && { what: 'PyTorch, cuDNN', steps, time: trained },
    },
    ROUNDS,
  );
  torch?.close();
  await close();
  rmSync(saved.folder, { recursive: true });
  if (!webgpu.timing) throw new Error(`WebGPU: ${webgpu.failure}`);
  const ratio = cudnn?.timing && cudnn.timing.medianMs / webgpu.timing.medianMs;
  const result: GpuResult = {
    machine: machine(),
    runtime,
    device,
    pytorch: torch?.version ?? null,
    steps: { webgpu, ...(cudnn && { cudnn }) },
    ratios: { gpu_vs_cudnn: ratio === undefined ? null : Math.round(100 * ratio) / 100 },
    notRun:
      ratio === undefined
        ? { gpu_vs_cudnn: cudnn?.failure ?? 'PyTorch with CUDA is not installed.' }
        : {},
  };
  mkdirSync('bench/results', { recursive: true });
  writeFileSync(GPU_RESULT, `${JSON.stringify(result, null, 2)}\n`);
  console.log(JSON.stringify(result, null, 2));
}
