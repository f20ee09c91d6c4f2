import type * as tf from '@tensorflow/tfjs';
import { bufferOf, flush, liveDevice, makeOutput } from './backend.ts';
import type { WebgpuBackend } from './backend.ts';
import { KernelShapeError } from '../spec/recurrent.ts';
import { pipelineOf } from './shader.ts';
import type { Shader } from './shader.ts';

/** Uniform blocks stand this far apart in a buffer, the most that WebGPU lets a device ask for. */
const UNIFORM_STRIDE = 256;

type Workgroups = readonly [x: number, y?: number, z?: number];

/**
 * Records a kernel's work on the GPU and submits it. If recording fails, nothing is left behind.
 *
 * @param kernel whose call it is, for errors
 * @throws DeviceLostError if the device is gone
 */
export function runCommands<Result>(
  backend: WebgpuBackend,
  kernel: string,
  record: (commands: Commands) => Result,
): Result {
  const commands = new Commands(backend, kernel);
  try {
    const result = record(commands);
    commands.submit();
    return result;
  } catch (error) {
    commands.abandon();
    throw error;
  }
}

/**
 * The copies and dispatches of one kernel call: recorded in order, then submitted as one command
 * buffer. Dispatches see what earlier ones wrote.
 */
export class Commands {
  readonly device: GPUDevice;
  readonly #backend: WebgpuBackend;
  readonly #encoder: GPUCommandEncoder;
  readonly #kernel: string;
  readonly #scratch: GPUBuffer[] = [];
  readonly #outputs: tf.TensorInfo[] = [];
  #pass: GPUComputePassEncoder | undefined;

  constructor(backend: WebgpuBackend, kernel: string) {
    this.device = liveDevice(backend);
    this.#backend = backend;
    this.#kernel = kernel;
    this.#encoder = this.device.createCommandEncoder();
  }

  /**
   * A tensor's buffer.
   *
   * @throws KernelShapeError if the device can't bind that much
   */
  input(tensor: tf.TensorInfo): GPUBuffer {
    this.#checkSize(tensor.shape);
    return bufferOf(this.#backend, tensor);
  }

  /**
   * A new tensor and its buffer, which holds no particular values yet.
   *
   * @throws KernelShapeError if the device can't bind that much
   */
  output(shape: number[]): { tensor: tf.TensorInfo; buffer: GPUBuffer } {
    this.#checkSize(shape);
    const tensor = makeOutput(this.#backend, shape);
    this.#outputs.push(tensor);
    return { tensor, buffer: bufferOf(this.#backend, tensor) };
  }

  /** A tensor without elements, for an output that a cell does not have. */
  empty(): tf.TensorInfo {
    return makeOutput(this.#backend, [0]);
  }

  /** A buffer of 4-byte elements for this call alone. Its first values are arbitrary. */
  scratch(elements: number): GPUBuffer {
    this.#checkSize([elements]);
    const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
    return this.#acquire(elements * 4, STORAGE | COPY_SRC | COPY_DST);
  }

  /** Copies elements (4 bytes each) from one buffer's start to a place in another. */
  copy(from: GPUBuffer, to: GPUBuffer, elements: number, toElement = 0, fromElement = 0): void {
    this.#endPass();
    this.#encoder.copyBufferToBuffer(from, fromElement * 4, to, toElement * 4, elements * 4);
  }

  /** Fills a buffer with zeros. */
  clear(buffer: GPUBuffer): void {
    this.#endPass();
    this.#encoder.clearBuffer(buffer);
  }

  /**
   * Runs a shader once per block of parameters, in order.
   *
   * @param parameters values (u32) of the shader's uniform block, one list per run
   * @throws KernelShapeError if the device can't run that many workgroups
   */
  dispatch(
    shader: Shader,
    buffers: Readonly<Record<string, GPUBuffer | undefined>>,
    parameters: readonly (readonly number[])[],
    [x, y = 1, z = 1]: Workgroups,
  ): void {
    this.#checkGroups(shader.label, Math.max(x, y, z));
    const pipeline = pipelineOf(this.device, shader);
    const layout = pipeline.getBindGroupLayout(0);
    const uniforms = this.#uniforms(parameters);
    const storage = shader.buffers.map((name, index) => ({
      binding: index + 1,
      resource: { buffer: buffers[name]! },
    }));
    const pass = (this.#pass ??= this.#encoder.beginComputePass());
    pass.setPipeline(pipeline);
    for (const [index, { length }] of parameters.entries()) {
      const block = { buffer: uniforms, offset: index * UNIFORM_STRIDE, size: length * 4 };
      const entries = [{ binding: 0, resource: block }, ...storage];
      pass.setBindGroup(0, this.device.createBindGroup({ layout, entries }));
      pass.dispatchWorkgroups(x, y, z);
    }
  }

  /** Sends everything to the GPU, after what tfjs has pending. */
  submit(): void {
    this.#endPass();
    flush(this.#backend);
    this.device.queue.submit([this.#encoder.finish()]);
    this.#releaseScratch();
  }

  /** Gives back all memory, the outputs' too. */
  abandon(): void {
    this.#endPass();
    this.#releaseScratch();
    for (const { dataId } of this.#outputs) this.#backend.disposeData(dataId);
  }

  #releaseScratch(): void {
    for (const buffer of this.#scratch) this.#backend.bufferManager.releaseBuffer(buffer);
  }

  #uniforms(parameters: readonly (readonly number[])[]): GPUBuffer {
    const { UNIFORM, COPY_DST } = GPUBufferUsage;
    const values = new Uint32Array((parameters.length * UNIFORM_STRIDE) / 4);
    for (const [index, block] of parameters.entries())
      values.set(block, (index * UNIFORM_STRIDE) / 4);
    const buffer = this.#acquire(values.byteLength, UNIFORM | COPY_DST);
    this.device.queue.writeBuffer(buffer, 0, values);
    return buffer;
  }

  #acquire(bytes: number, usage: number): GPUBuffer {
    const buffer = this.#backend.bufferManager.acquireBuffer(bytes, usage);
    this.#scratch.push(buffer);
    return buffer;
  }

  #endPass(): void {
    this.#pass?.end();
    this.#pass = undefined;
  }

  #checkGroups(shader: string, groups: number): void {
    const limit = this.device.limits.maxComputeWorkgroupsPerDimension;
    if (groups > limit) {
      throw new KernelShapeError(
        this.#kernel,
        shader,
        `takes ${groups} workgroups along an axis, but this GPU's limit is ${limit}`,
      );
    }
  }

  #checkSize(shape: readonly number[]): void {
    const { maxStorageBufferBindingSize, maxBufferSize } = this.device.limits;
    const limit = Math.min(maxStorageBufferBindingSize, maxBufferSize);
    const bytes = shape.reduce((product, size) => product * size, 4);
    if (bytes > limit) {
      throw new KernelShapeError(
        this.#kernel,
        `a tensor of shape [${shape}]`,
        `takes ${bytes} bytes, but this GPU's limit is ${limit}`,
      );
    }
  }
}
