import type * as tf from '@tensorflow/tfjs';
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

/** Devices that are gone, with what the browser said. A device that is watched stands in `watched`. */
const lost = new WeakMap<GPUDevice, GPUDeviceLostInfo>();
const watched = new WeakSet<GPUDevice>();

/**
 * The backend's device, if it still works.
 *
 * @throws DeviceLostError if the browser took the device away
 */
export function liveDevice(backend: WebgpuBackend): GPUDevice {
  const { device } = backend;
  if (!watched.has(device)) {
    watched.add(device);
    void device.lost.then((info) => lost.set(device, info));
  }
  const info = lost.get(device);
  if (info) throw new DeviceLostError(info.reason, info.message);
  return device;
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
