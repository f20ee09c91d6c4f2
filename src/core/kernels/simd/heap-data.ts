import type { Heap } from './heap.ts';

/** Data types that the heap holds. */
export type HeapType = 'float32' | 'int32';

/** The CPU backend's record of a tensor, for one whose values lie in the heap. */
export class HeapData {
  readonly address: number;
  dtype: HeapType;
  /** Tensors that share the values. The backend counts here. */
  refCount: number;
  readonly #heap: Heap;
  readonly #length: number;
  #view: Float32Array | Int32Array | undefined;

  constructor(heap: Heap, address: number, dtype: HeapType, length: number, refCount: number) {
    this.#heap = heap;
    this.address = address;
    this.dtype = dtype;
    this.#length = length;
    this.refCount = refCount;
  }

  /** Stores the same numbers as another type, in place. Both have four bytes. */
  become(dtype: HeapType): void {
    if (dtype === this.dtype) return;
    const numbers = this.values.slice();
    this.dtype = dtype;
    this.#view = undefined;
    this.values.set(numbers);
  }

  /** A view of the values, made again when the heap has grown. */
  get values(): Float32Array | Int32Array {
    if (this.#view?.buffer !== this.#heap.memory.buffer) {
      this.#view =
        this.dtype === 'float32'
          ? this.#heap.floats(this.address, this.#length)
          : this.#heap.integers(this.address, this.#length);
    }
    return this.#view;
  }
}
