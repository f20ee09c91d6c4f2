import * as tf from '@tensorflow/tfjs';
import { registerPoolCpu } from './cpu/pool-over-time.ts';
import { registerRecurrentCpu } from './cpu/recurrent.ts';
import { registerUnsortedSegmentSum } from './cpu/unsorted-segment-sum.ts';
import type { Backend } from './detect.ts';
import { registerPoolGradient } from './gradients/pool-over-time.ts';
import { registerRecurrentGradient } from './gradients/recurrent.ts';
import type { ReadBuild, SimdModule } from './simd/module.ts';
import type { Threads } from './simd/threads/recruit.ts';

let simd: Promise<SimdModule> | undefined;

/**
 * Brings a backend and its fused kernels in and makes it the current one. What is heavy loads only
 * when it is asked for.
 *
 * @param readSimd gives the bytes of a SIMD build; by default they are fetched
 * @param threads lets the SIMD kernels run on several threads, if they start with this call
 * @throws Error if the backend can't start here
 */
export async function startBackend(
  backend: Backend,
  readSimd?: ReadBuild,
  threads?: Threads,
): Promise<void> {
  registerRecurrentGradient();
  registerPoolGradient();
  registerRecurrentCpu();
  registerPoolCpu();
  if (backend === 'webgpu') {
    await import('@tensorflow/tfjs-backend-webgpu');
    const { registerWebgpu } = await import('./webgpu/register-webgpu.ts');
    registerWebgpu();
  }
  if (backend === 'webgl') {
    const { registerWebgl } = await import('./webgl/register-webgl.ts');
    const registration = registerWebgl();
    if (!registration.registered) throw new Error(registration.detail);
  }
  if (backend === 'simd') {
    // Kept only if it worked: the file may not have come through.
    simd ??= registerSimdOnce(readSimd, threads).catch((error: unknown) => {
      simd = undefined;
      throw error;
    });
    await simd;
  }
  registerUnsortedSegmentSum();
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs could not start ${backend}.`);
}

/** On how many threads the SIMD kernels run, or why on one, for the reader; empty before they start. */
export async function simdThreads(): Promise<string> {
  const module = await simd;
  if (!module) return '';
  const { size } = module.team;
  return size > 1 ? `It computes on ${size} threads.` : module.remark;
}

/** On how many threads the SIMD kernels run; 0 before they start. */
export async function simdThreadCount(): Promise<number> {
  return (await simd)?.team.size ?? 0;
}

async function registerSimdOnce(readSimd?: ReadBuild, threads?: Threads): Promise<SimdModule> {
  const [{ loadSimd }, { registerSimd }] = await Promise.all([
    import('./simd/module.ts'),
    import('./simd/register.ts'),
  ]);
  const module = await loadSimd(readSimd, { threads });
  registerSimd(module);
  return module;
}
