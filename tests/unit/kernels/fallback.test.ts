import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { SIMD_BUILDS } from '../../../scripts/simd.ts';
import { chooseBackend } from '../../../src/core/kernels/choose-backend.ts';
import { fallBack } from '../../../src/core/kernels/fallback.ts';
import { startBackend } from '../../../src/core/kernels/register.ts';
import type { SimdBackend } from '../../../src/core/kernels/simd/backend.ts';
import { OutOfMemoryError } from '../../../src/core/kernels/spec/backend-failure.ts';
import { brokenRun, plainRun } from './fall-back-run.ts';

const readSimd = (build: keyof typeof SIMD_BUILDS) => readFile(SIMD_BUILDS[build]);

/** Between two backends, after some steps. */
const TOLERANCE = 1e-5;

describe('a run whose SIMD memory is full', () => {
  let expected: number[];

  beforeAll(async () => {
    await startBackend('cpu');
    expected = await plainRun();
  });

  it('goes on in plain JavaScript with the weights of its last good step', async () => {
    await startBackend('simd', readSimd);
    const { heap } = tf.backend() as SimdBackend;
    let hog: number | undefined;
    const { losses, failure, engine } = await brokenRun(() => {
      // All but a little of what it may grow to.
      hog = heap.allocate(2 ** 30 - heap.used - 2 ** 17);
    }, readSimd);
    expect(failure).toMatch(
      /^OutOfMemoryError: The SIMD engine holds 1024 MiB and needs \d+ MiB more, but may use 1024 MiB in all\.$/,
    );
    expect(engine.backend).toBe('cpu');
    expect(engine.reason).toContain('The SIMD engine holds 1024 MiB');
    expect(tf.getBackend()).toBe('cpu');
    expect(losses).toHaveLength(expected.length);
    losses.forEach((loss, i) =>
      expect(Math.abs(loss - expected[i]!), `step ${i}`).toBeLessThan(TOLERANCE),
    );

    // The heap is not broken, only full: a smaller model may use it again.
    heap.free(hog!);
    expect(heap.used, 'bytes left behind').toBe(0);
    expect((await chooseBackend('auto', readSimd)).backend).toBe('simd');
    const again = await plainRun();
    again.forEach((loss, i) => expect(loss).toBeCloseTo(expected[i]!, 4));
  });

  it('has nowhere to go from plain JavaScript', async () => {
    await startBackend('cpu');
    const failure = new OutOfMemoryError('full');
    await expect(fallBack(failure)).rejects.toBe(failure);
  });
});
