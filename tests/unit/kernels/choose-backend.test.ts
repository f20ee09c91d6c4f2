import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SIMD_BUILDS } from '../../../scripts/simd.ts';

const readSimd = (build: keyof typeof SIMD_BUILDS) => readFile(SIMD_BUILDS[build]);

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
