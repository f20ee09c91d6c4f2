import { describe, expect, it } from 'vitest';
import { pipelineOf, ShaderError } from '../../../src/core/kernels/webgpu/shader.ts';
import type { Shader } from '../../../src/core/kernels/webgpu/shader.ts';

const shader: Shader = { label: 'twice', buffers: [], code: () => 'fn main() {\nreturn;\n}' };

/** A device that notes what it compiles, and reports the given error on it. */
function fakeDevice(message?: string): { device: GPUDevice; compiled: string[] } {
  const compiled: string[] = [];
  const device = {
    pushErrorScope: () => {},
    popErrorScope: async () => (message === undefined ? null : { message }),
    createShaderModule: ({ code }: { code: string }) => compiled.push(code),
    createComputePipeline: ({ label }: { label: string }) => ({ label }),
  };
  return { device: device as unknown as GPUDevice, compiled };
}

describe('A pipeline', () => {
  it('is compiled once a device, from indented text', () => {
    const { device, compiled } = fakeDevice();
    const pipeline = pipelineOf(device, shader);
    expect(pipelineOf(device, shader)).toBe(pipeline);
    expect(compiled).toEqual(['fn main() {\n  return;\n}\n']);
    pipelineOf(fakeDevice().device, shader);
    expect(pipelineOf(device, { ...shader, label: 'other' })).not.toBe(pipeline);
  });

  it('that the device refuses ends the next call with an error that names it', async () => {
    const { device } = fakeDevice('no such thing');
    pipelineOf(device, shader);
    await new Promise((resolve) => setTimeout(resolve));
    const again = () => pipelineOf(device, shader);
    expect(again).toThrow(ShaderError);
    expect(again).toThrow('This GPU does not take the shader "twice": no such thing');
  });
});
