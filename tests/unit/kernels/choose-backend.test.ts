import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SIMD_BUILDS } from '../../../scripts/simd.ts';

import type { VerdictMemory } from '../../../src/core/kernels/verdicts.ts';

const readSimd = (build: keyof typeof SIMD_BUILDS) => readFile(SIMD_BUILDS[build]);

/** A visit: the module anew, with nothing but the memory to know of earlier ones. */
async function visit(memory?: VerdictMemory, retest = false) {
  vi.resetModules();
  const { chooseBackend } = await import('../../../src/core/kernels/choose-backend.ts');
  return chooseBackend('auto', readSimd, { memory, retest });
}

/** Keeps a text, and counts. */
function createMemory(version: string) {
  const kept = { text: undefined as string | undefined, writes: 0 };
  const store = {
    read: async () => kept.text,
    write: async (text: string) => {
      kept.text = text;
      kept.writes++;
    },
  };
  return { kept, memory: { store, version }, of: (other: string) => ({ store, version: other }) };
}

/** Kernels run while something is done: testing takes some, remembering none. */
async function kernelsOf(work: () => Promise<unknown>): Promise<number> {
  const run = vi.spyOn(tf.engine(), 'runKernel');
  await work();
  const count = run.mock.calls.filter(([name]) => name === 'RecurrentBackward').length;
  run.mockRestore();
  return count;
}

describe('chooseBackend', () => {
  afterEach(() => {
    vi.resetModules();
    vi.restoreAllMocks();
  });

  it('takes the vector unit where there is no graphics card, and says why', async () => {
    const { chooseBackend } = await import('../../../src/core/kernels/choose-backend.ts');
    const { backend, reason } = await chooseBackend('auto', readSimd);
    expect(backend).toBe('simd');
    expect(tf.getBackend()).toBe('simd');
    expect(reason).toMatch(/A test step took \d+\.\d ms\. There is no WebGPU here\./);
  });

  it('refuses a backend that is missing, by its name', async () => {
    const { chooseBackend } = await import('../../../src/core/kernels/choose-backend.ts');
    await expect(chooseBackend('webgpu', readSimd)).rejects.toThrow(
      'The WebGPU engine can’t run here: There is no WebGPU here.',
    );
  });

  it('passes over a backend with wrong gradients, says so, and refuses it when asked', async () => {
    const { chooseBackend } = await import('../../../src/core/kernels/choose-backend.ts');
    const { startBackend } = await import('../../../src/core/kernels/register.ts');
    await startBackend('simd', readSimd);
    // What a broken driver does: everything runs, and every gradient is zero.
    const kernel = tf.getKernel('RecurrentBackward', 'simd');
    tf.unregisterKernel('RecurrentBackward', 'simd');
    tf.registerKernel({
      ...kernel,
      kernelFunc: (call) => {
        const outputs = kernel.kernelFunc(call) as tf.TensorInfo[];
        const backend = call.backend as tf.KernelBackend & {
          makeTensorInfo(shape: number[], dtype: string, values: Float32Array): tf.TensorInfo;
        };
        return outputs.map(({ shape }) =>
          backend.makeTensorInfo(shape, 'float32', new Float32Array(tf.util.sizeFromShape(shape))),
        );
      },
    });
    try {
      const { backend, reason } = await chooseBackend('auto', readSimd);
      expect(backend).toBe('cpu');
      expect(reason).toContain('SIMD computes wrong gradients here and is not used.');
      await expect(chooseBackend('simd', readSimd)).rejects.toThrow('wrong gradients');
    } finally {
      tf.unregisterKernel('RecurrentBackward', 'simd');
      tf.registerKernel(kernel);
    }
  });
});

describe('what the tests found', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });

  it('is remembered by the next visit, which tests nothing', async () => {
    const { memory, kept } = createMemory('code 1');
    const first = await visit(memory);
    expect(first.reason).not.toContain('earlier visit');
    const kernels = await kernelsOf(async () => {
      const { backend, reason } = await visit(memory);
      expect(backend).toBe('simd');
      expect(reason).toMatch(/A test step took \d+\.\d ms\..* Measured on an earlier visit\.$/);
    });
    expect(kernels).toBe(0);
    expect(JSON.parse(kept.text!).verdicts.simd.correct).toBe(true);
  });

  it('is forgotten when the code, the browser or a device is another', async () => {
    const { memory, of } = createMemory('code 1');
    await visit(memory);
    expect(await kernelsOf(() => visit(of('code 2')))).toBeGreaterThan(0);
    vi.stubGlobal('navigator', { userAgent: 'another browser' });
    expect(await kernelsOf(() => visit(of('code 2')))).toBeGreaterThan(0);
    const adapter = { info: { vendor: 'a new card', description: 'software' } };
    vi.stubGlobal('navigator', {
      userAgent: 'another browser',
      gpu: { requestAdapter: async () => adapter },
    });
    expect(await kernelsOf(() => visit(of('code 2')))).toBeGreaterThan(0);
    expect(await kernelsOf(() => visit(of('code 2')))).toBe(0);
  });

  it('is tested again when the reader asks for it', async () => {
    const { memory, kept } = createMemory('code 1');
    await visit(memory);
    const kernels = await kernelsOf(async () => {
      expect((await visit(memory, true)).reason).not.toContain('earlier visit');
    });
    expect(kernels).toBeGreaterThan(0);
    expect(kept.writes).toBe(2);
  });

  it('keeps out a backend that was wrong', async () => {
    const { memory, kept } = createMemory('code 1');
    await visit(memory);
    const text = JSON.parse(kept.text!);
    text.verdicts.simd.correct = false;
    kept.text = JSON.stringify(text);
    const { backend, reason } = await visit(memory);
    expect(backend).toBe('cpu');
    expect(reason).toContain('SIMD computes wrong gradients here and is not used.');
  });

  it.each(['not JSON', '[]'])('is nothing if %j is kept', async (text) => {
    const { memory, kept } = createMemory('code 1');
    kept.text = text;
    expect((await visit(memory)).backend).toBe('simd');
    expect(JSON.parse(kept.text).verdicts.simd.correct).toBe(true);
  });

  it('is found anew each time where storage is refused', async () => {
    const refuse = () => Promise.reject(new DOMException('denied', 'SecurityError'));
    const memory = { store: { read: refuse, write: refuse }, version: 'code 1' };
    expect((await visit(memory)).backend).toBe('simd');
    expect(await kernelsOf(() => visit(memory))).toBeGreaterThan(0);
  });
});
