import type * as tf from '@tensorflow/tfjs';
import { OutOfMemoryError } from '../spec/backend-failure.ts';
import { DeviceLostError } from './device-lost-error.ts';

/** The part of tfjs's WebGPU backend that the kernels here use. All of it is public there. */
export interface WebgpuBackend extends tf.KernelBackend {
  readonly device: GPUDevice;
  readonly tensorMap: { get(dataId: object): { resource?: GPUBuffer } };
  readonly bufferManager: {
    acquireBuffer(size: number, usage: number): GPUBuffer;
    releaseBuffer(buffer: GPUBuffer): void;
  };
  makeTensorInfo(shape: number[], dtype: tf.DataType, values?: Float32Array): tf.TensorInfo;
  uploadToGPU(dataId: object): void;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
}

/** What is known of a device that is watched. */
interface Watch {
  /** Resolves when the device is gone. */
  readonly lost: Promise<DeviceLostError>;
  failure: DeviceLostError | OutOfMemoryError | undefined;
}
const watches = new WeakMap<GPUDevice, Watch>();

/** Watches a backend's device from now on. */
export function watchDevice({ device }: WebgpuBackend): Watch {
  const known = watches.get(device);
  if (known) return known;
  const watch: Watch = {
    failure: undefined,
    lost: device.lost.then(
      ({ reason, message }) => (watch.failure = new DeviceLostError(reason, message)),
    ),
  };
  watches.set(device, watch);
  // WebGPU goes on with a buffer that does not exist, and says so here alone.
  device.addEventListener('uncapturederror', ({ error }) => {
    if (!(error instanceof GPUOutOfMemoryError)) return;
    watch.failure ??= new OutOfMemoryError(`The GPU’s memory is full: ${error.message}`);
  });
  return watch;
}

/**
 * The backend's device, if it works.
 *
 * @throws DeviceLostError if the browser took the device away
 * @throws OutOfMemoryError once, if it had no memory for what came before
 */
export function liveDevice(backend: WebgpuBackend): GPUDevice {
  const watch = watchDevice(backend);
  const { failure } = watch;
  if (failure && !failure.lost) watch.failure = undefined;
  if (failure) throw failure;
  return backend.device;
}

/** The buffer behind a tensor: its values are sent to the GPU if they are not there yet. */
export function bufferOf(backend: WebgpuBackend, tensor: tf.TensorInfo): GPUBuffer {
  backend.uploadToGPU(tensor.dataId);
  return backend.tensorMap.get(tensor.dataId).resource!;
}

/** A tensor for a kernel to fill. Without elements it is complete, and no buffer stands behind it. */
export function makeOutput(backend: WebgpuBackend, shape: number[]): tf.TensorInfo {
  const empty = shape.includes(0);
  return backend.makeTensorInfo(shape, 'float32', empty ? new Float32Array(0) : undefined);
}

/** Hands tfjs's own pending commands to the GPU, so that what is submitted next runs after them. */
export function flush(backend: WebgpuBackend): void {
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.submitQueue();
}
