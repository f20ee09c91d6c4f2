import type * as tf from '@tensorflow/tfjs';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { Heap } from './heap.ts';
import type { SimdExports } from './exports.ts';
import type { SimdModule } from './module.ts';
import type { Team } from './threads/team.ts';
import { HeapData, type HeapType } from './heap-data.ts';

/** The name that the backend is registered under. */
export const SIMD = 'simd';

/** A tensor that a kernel is to fill. Its values are undefined until then. */
export interface Output {
  readonly info: tf.TensorInfo;
  readonly address: number;
}

/**
 * tfjs's CPU backend, with tensors that may lie in the WebAssembly memory of the SIMD kernels.
 *
 * A SIMD kernel asks for the address of each input: one that lies in a JavaScript array then moves
 * to the heap and stays there until it is disposed. Its outputs start there. The stock kernels read
 * the same tensors through views, so both kinds mix freely.
 */
export class SimdBackend extends MathBackendCPU {
  readonly run: SimdExports;
  readonly heap: Heap;
  readonly team: Team;
  /** Outputs of the kernel that runs. */
  #outputs: object[] = [];

  constructor({ run, heap, team }: SimdModule) {
    super();
    this.run = run;
    this.heap = heap;
    this.team = team;
  }

  /**
   * Where the tensor's values lie in the heap, which they are moved to if they are not there yet.
   *
   * @throws TypeError if it is neither float32 nor int32
   * @throws OutOfMemoryError if there is no room for it
   */
  address(tensor: tf.TensorInfo): number {
    const { dtype } = tensor;
    if (dtype !== 'float32' && dtype !== 'int32') {
      throw new TypeError(`simd: the kernels take float32 and int32, not ${dtype}`);
    }
    const entry = this.#entry(tensor.dataId);
    if (entry instanceof HeapData) {
      // tfjs casts without loss by sharing the values: they may lie here as another type.
      entry.become(dtype);
      return entry.address;
    }
    const { values, refCount } = entry;
    const source = values as tf.backend_util.TypedArray;
    const moved = this.#allocate(dtype, source.length, refCount);
    moved.values.set(source);
    this.data.delete(tensor.dataId);
    this.data.set(tensor.dataId, moved);
    return moved.address;
  }

  /**
   * A new tensor in the heap.
   *
   * @throws OutOfMemoryError if there is no room for it
   */
  output(shape: number[], dtype: HeapType = 'float32'): Output {
    const length = shape.reduce((product, size) => product * size, 1);
    const entry = this.#allocate(dtype, length, 1);
    const info = this.makeTensorInfo(shape, dtype, []);
    this.data.delete(info.dataId);
    this.data.set(info.dataId, entry);
    this.#outputs.push(info.dataId);
    return { info, address: entry.address };
  }

  /** Runs a kernel. If it fails, in the middle of a full heap, its outputs are freed. */
  attempt<T>(kernel: () => T): T {
    const outer = this.#outputs;
    this.#outputs = [];
    try {
      return kernel();
    } catch (error) {
      for (const dataId of this.#outputs) this.disposeData(dataId);
      throw error;
    } finally {
      this.#outputs = outer;
    }
  }

  /** Values of a tensor. Stock kernels may hand on a part of an input's own, such as a slice: a copy. */
  override write(
    values: tf.backend_util.BackendValues,
    shape: number[],
    dtype: tf.DataType,
  ): object {
    return super.write(this.#own(values), shape, dtype);
  }

  /** A copy of what lies in the heap: a view would show what comes there next. */
  override readSync(dataId: object): tf.backend_util.BackendValues {
    const entry = this.#entry(dataId);
    return entry instanceof HeapData ? entry.values.slice() : super.readSync(dataId);
  }

  override disposeData(dataId: object, force = false): boolean {
    const entry = this.data.has(dataId) ? this.data.get(dataId) : undefined;
    const disposed = super.disposeData(dataId, force);
    if (disposed && entry instanceof HeapData) this.heap.free(entry.address);
    return disposed;
  }

  #own(values: tf.backend_util.BackendValues): tf.backend_util.BackendValues {
    const inHeap = ArrayBuffer.isView(values) && values.buffer === this.heap.memory.buffer;
    return inHeap ? (values as tf.backend_util.TypedArray).slice() : values;
  }

  /** What is kept of a tensor. One that computes its values when they are read, does so first. */
  #entry(dataId: object) {
    const entry = this.data.get(dataId);
    if (entry instanceof HeapData) return entry;
    return entry.values ? this.data.get(dataId) : entry;
  }

  #allocate(dtype: HeapType, length: number, refCount: number): HeapData {
    return new HeapData(this.heap, this.heap.allocate(length * 4), dtype, length, refCount);
  }
}
