import { beforeAll, describe, expect, it, vi } from 'vitest';
import { KernelShapeError } from '../../../src/core/kernels/spec/recurrent.ts';
import type { WebgpuBackend } from '../../../src/core/kernels/webgpu/backend.ts';
import { runCommands } from '../../../src/core/kernels/webgpu/commands.ts';
import { DeviceLostError } from '../../../src/core/kernels/webgpu/device-lost-error.ts';

beforeAll(() => {
  vi.stubGlobal('GPUBufferUsage', { STORAGE: 1, COPY_SRC: 2, COPY_DST: 4, UNIFORM: 8 });
});

/** A backend that only keeps books: what is held, and what was done, in order. */
function fakeBackend(lost: Promise<Partial<GPUDeviceLostInfo>> = new Promise(() => {})) {
  const done: string[] = [];
  const scratch = new Set<number>();
  const tensors = new Set<object>();
  const resources = new Map<object, number>();
  let last = 0;
  const encoder = {
    copyBufferToBuffer: () => done.push('copy'),
    finish: () => 'ours',
  };
  const backend = {
    device: {
      lost,
      addEventListener: () => {},
      limits: {
        maxStorageBufferBindingSize: 1000,
        maxBufferSize: 2000,
        maxComputeWorkgroupsPerDimension: 10,
      },
      createCommandEncoder: () => encoder,
      queue: { submit: ([commands]: string[]) => done.push(`submit ${commands}`) },
    },
    tensorMap: { get: (dataId: object) => ({ resource: resources.get(dataId) }) },
    bufferManager: {
      acquireBuffer: () => {
        scratch.add(++last);
        return last;
      },
      releaseBuffer: (buffer: number) => scratch.delete(buffer),
    },
    makeTensorInfo: (shape: number[], dtype: string) => {
      const dataId = {};
      tensors.add(dataId);
      return { dataId, shape, dtype };
    },
    disposeData: (dataId: object) => tensors.delete(dataId),
    uploadToGPU: (dataId: object) => resources.set(dataId, ++last),
    ensureCommandEncoderReady: () => {},
    endComputePassEncoder: () => {},
    submitQueue: () => done.push('submit of tfjs'),
  };
  return { backend: backend as unknown as WebgpuBackend, done, scratch, tensors };
}

describe('The commands of a kernel', () => {
  it('follow those of tfjs, and keep the outputs alone', () => {
    const { backend, done, scratch, tensors } = fakeBackend();
    const output = runCommands(backend, 'Test', (commands) => {
      const { tensor, buffer } = commands.output([3, 4]);
      commands.copy(commands.scratch(12), buffer, 12);
      expect(scratch.size).toBe(1);
      return tensor;
    });
    expect(done).toEqual(['copy', 'submit of tfjs', 'submit ours']);
    expect(scratch.size).toBe(0);
    expect([...tensors]).toEqual([output.dataId]);
  });

  it('leave nothing behind when one fails', () => {
    const { backend, done, scratch, tensors } = fakeBackend();
    const run = () =>
      runCommands(backend, 'Test', (commands) => {
        commands.output([3, 4]);
        commands.scratch(12);
        commands.output([251]);
      });
    const error = new KernelShapeError(
      'Test',
      'a tensor of shape [251]',
      "takes 1004 bytes, but this GPU's limit is 1000",
    );
    expect(run).toThrow(error);
    expect(done).toEqual([]);
    expect(scratch.size).toBe(0);
    expect(tensors.size).toBe(0);
  });

  it('are refused if they take too many workgroups', () => {
    const { backend } = fakeBackend();
    const shader = { label: 'twice', buffers: [], code: () => '' };
    const run = () =>
      runCommands(backend, 'Test', (commands) => commands.dispatch(shader, {}, [[]], [1, 11]));
    expect(run).toThrow(
      "Test: twice takes 11 workgroups along an axis, but this GPU's limit is 10",
    );
  });

  it('are refused once the device is lost', async () => {
    const lost = Promise.resolve({ reason: 'unknown' as const, message: 'hung' });
    const { backend } = fakeBackend(lost);
    runCommands(backend, 'Test', () => {});
    await lost;
    const again = () => runCommands(backend, 'Test', () => {});
    expect(again).toThrow(DeviceLostError);
    expect(again).toThrow('The WebGPU device is lost (unknown): hung');
  });
});
