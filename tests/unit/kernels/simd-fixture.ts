import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { startThread } from '../../../scripts/kernel-threads.ts';
import { buildSimd, SIMD_BUILDS } from '../../../scripts/simd.ts';
import type { Build } from '../../../src/core/kernels/simd/best-build.ts';
import { SIMD, type SimdBackend } from '../../../src/core/kernels/simd/backend.ts';
import { loadSimd, type SimdModule } from '../../../src/core/kernels/simd/module.ts';
import { registerSimd } from '../../../src/core/kernels/simd/register.ts';

/** Compiles the kernels if their sources are newer, and loads one build. */
export async function loadBuild(build: Build, threads = 1): Promise<SimdModule> {
  await buildSimd({ ifStale: true });
  return loadSimd(() => readFile(SIMD_BUILDS[build]), {
    threads: { start: startThread, count: threads },
  });
}

/** Makes the backend the current one, in the place of an earlier one. */
export async function startSimd(build: Build = 'relaxed', threads = 1): Promise<SimdBackend> {
  const module = await loadBuild(build, threads);
  if (tf.findBackend(SIMD)) {
    await tf.setBackend('cpu');
    (tf.findBackend(SIMD) as SimdBackend).team.disband();
    tf.removeBackend(SIMD);
    for (const { kernelName } of tf.getKernelsForBackend(SIMD)) {
      tf.unregisterKernel(kernelName, SIMD);
    }
  }
  registerSimd(module);
  await tf.setBackend(SIMD);
  return tf.backend() as SimdBackend;
}

/** The largest difference, relative to the largest number that was expected (or to 1e-30). */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) {
    throw new Error(`${actual.length} numbers, expected ${expected.length}`);
  }
  let size = 1e-30;
  let error = 0;
  for (let i = 0; i < expected.length; i++) {
    size = Math.max(size, Math.abs(expected[i]!));
    const difference = Math.abs(actual[i]! - expected[i]!);
    error = Math.max(error, Number.isNaN(difference) ? Infinity : difference);
  }
  return error / size;
}

/** Numbers between -scale and scale, the same for the same seed. */
export function numbers(seed: number, length: number, scale = 1): Float32Array<ArrayBuffer> {
  let state = seed | 0;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state / 2 ** 31) * scale;
  });
}

/** Integers from 0 to below - 1, the same for the same seed. */
export function integers(seed: number, length: number, below: number): Int32Array<ArrayBuffer> {
  return Int32Array.from(numbers(seed, length), (x) => Math.min(((x + 1) / 2) * below, below - 1));
}
