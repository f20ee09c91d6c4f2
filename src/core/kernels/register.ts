import * as tf from '@tensorflow/tfjs';
import { registerPoolCpu } from './cpu/pool-over-time.ts';
import { registerRecurrentCpu } from './cpu/recurrent.ts';
import { registerUnsortedSegmentSum } from './cpu/unsorted-segment-sum.ts';
import type { Backend } from './detect.ts';
import { registerPoolGradient } from './gradients/pool-over-time.ts';
import { registerRecurrentGradient } from './gradients/recurrent.ts';
import type { ReadBuild } from './simd/module.ts';

let simd: Promise<void> | undefined;

/**
 * Brings a backend and its fused kernels in and makes it the current one. What is heavy loads only
 * when it is asked for.
 *
 * @param readSimd gives the bytes of a SIMD build; by default they are fetched
 * @throws Error if the backend can't start here
 */
export async function startBackend(backend: Backend, readSimd?: ReadBuild): Promise<void> {
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
    simd ??= registerSimdOnce(readSimd).catch((error: unknown) => {
      simd = undefined;
      throw error;
    });
    await simd;
  }
  registerUnsortedSegmentSum();
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs could not start ${backend}.`);
}

async function registerSimdOnce(readSimd?: ReadBuild): Promise<void> {
  const [{ loadSimd }, { registerSimd }] = await Promise.all([
    import('./simd/module.ts'),
    import('./simd/register.ts'),
  ]);
  registerSimd(await loadSimd(readSimd));
}
