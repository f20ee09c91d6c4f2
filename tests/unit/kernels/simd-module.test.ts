import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildSimd, SIMD_BUILDS } from '../../../scripts/simd.ts';
import { SIMD } from '../../../src/core/kernels/simd/backend.ts';
import { loadSimd, SimdUnsupportedError } from '../../../src/core/kernels/simd/module.ts';
import { registerSimd } from '../../../src/core/kernels/simd/register.ts';

beforeAll(() => buildSimd({ ifStale: true }));
afterEach(() => vi.unstubAllGlobals());

describe('loadSimd', () => {
  it('says so when no build runs', async () => {
    vi.stubGlobal('WebAssembly', undefined);
    await expect(loadSimd()).rejects.toThrow(SimdUnsupportedError);
  });

  it('fetches the best build from beside the module', async () => {
    const addresses: string[] = [];
    vi.stubGlobal('fetch', async (url: URL) => {
      addresses.push(url.href);
      return new Response(await readFile(SIMD_BUILDS.relaxed));
    });
    expect((await loadSimd()).build).toBe('relaxed');
    expect(addresses).toEqual([expect.stringMatching(/\/simd\/build\/simd-relaxed\.wasm$/)]);
  });

  it('names the file that can’t be fetched', async () => {
    vi.stubGlobal('fetch', async () => new Response('', { status: 404 }));
    await expect(loadSimd()).rejects.toThrow(/simd-relaxed\.wasm answered 404/);
  });

  it('keeps to its memory limit', async () => {
    const limits = { initial: 2 ** 20, maximum: 2 ** 21 };
    const { heap } = await loadSimd((build) => readFile(SIMD_BUILDS[build]), { limits });
    expect(heap.memory.buffer.byteLength).toBe(2 ** 20);
    expect(() => heap.allocate(2 ** 22)).toThrow(/may use 2 MiB in all/);
  });
});

it('registerSimd brings all of cpu’s kernels along', async () => {
  await tf.ready();
  registerSimd(await loadSimd((build) => readFile(SIMD_BUILDS[build])));
  const names = new Set(tf.getKernelsForBackend(SIMD).map(({ kernelName }) => kernelName));
  const missing = tf.getKernelsForBackend('cpu').filter(({ kernelName }) => !names.has(kernelName));
  expect(missing.map(({ kernelName }) => kernelName)).toEqual([]);
  // Nothing changes until someone asks for it.
  expect(tf.getBackend()).toBe('cpu');
});
