import { existsSync, readFileSync } from 'node:fs';
import type { machine } from '../scripts/measure/machine.ts';
import type { Figure } from './result.ts';

/** What `bench/results/gpu.json` holds: steps on a graphics card. */
export interface GpuResult {
  readonly machine: ReturnType<typeof machine>;
  /** What ran the WebGPU kernels, with its version. */
  readonly runtime: string;
  readonly device: string;
  /** PyTorch's version; null where it is not installed, or has no CUDA. */
  readonly pytorch: string | null;
  readonly steps: { readonly webgpu: Figure; readonly cudnn?: Figure };
  readonly ratios: { readonly gpu_vs_cudnn: number | null };
  readonly notRun: { readonly gpu_vs_cudnn?: string };
}

export const GPU_RESULT = 'bench/results/gpu.json';

/** The ratio that `npm run bench:gpu` measured, if it did. */
export function gpuVsCudnn(): number | null {
  if (!existsSync(GPU_RESULT)) return null;
  return (JSON.parse(readFileSync(GPU_RESULT, 'utf8')) as GpuResult).ratios.gpu_vs_cudnn;
}
