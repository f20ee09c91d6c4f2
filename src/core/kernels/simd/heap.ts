import { OutOfMemoryError } from '../spec/backend-failure.ts';
import { Allocator } from './allocator.ts';

const PAGE = 65_536;
/** The module's own data stands below, and a vector may be read past the last tensor's end. */
const START = PAGE;
const SLACK = 64;

export interface HeapLimits {
  /** Bytes at the start. */
  readonly initial?: number;
  /** Bytes that it may grow to. */
  readonly maximum?: number;
  /** Whether other threads may see it. */
  readonly shared?: boolean;
}

/**
 * The one memory that the SIMD kernels compute in, and what is allocated in it. It starts small and
 * grows. Growing makes every earlier view useless, so views are made on demand.
 */
export class Heap {
  readonly memory: WebAssembly.Memory;
  readonly #allocator: Allocator;
  readonly #maximum: number;

  /** @throws RangeError if the limits don't fit each other or the machine */
  constructor({ initial = 2 ** 25, maximum = 2 ** 30, shared = false }: HeapLimits = {}) {
    this.memory = new WebAssembly.Memory({
      initial: Math.ceil(initial / PAGE),
      maximum: Math.ceil(maximum / PAGE),
      shared,
    });
    this.#maximum = maximum;
    const end = this.memory.buffer.byteLength - SLACK;
    this.#allocator = new Allocator(START, end, (bytes) => this.#grow(bytes));
  }

  /** Bytes handed out. */
  get used(): number {
    return this.#allocator.used;
  }

  /** @throws OutOfMemoryError if there is no room for so many bytes */
  allocate(bytes: number): number {
    return this.#allocator.allocate(bytes);
  }

  free(address: number): void {
    this.#allocator.free(address);
  }

  /** Room for so many bytes while `use` runs. */
  borrow<T>(bytes: number, use: (address: number) => T): T {
    const address = this.allocate(bytes);
    try {
      return use(address);
    } finally {
      this.free(address);
    }
  }

  /** Valid until the next allocation. */
  floats(address: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, length);
  }

  /** Valid until the next allocation. */
  integers(address: number, length: number): Int32Array {
    return new Int32Array(this.memory.buffer, address, length);
  }

  #grow(bytes: number): number {
    const { byteLength } = this.memory.buffer;
    // By a quarter at least: growing is cheap, but making views again is not free.
    const wanted = Math.max(bytes, byteLength / 4);
    const room = this.#maximum - byteLength;
    const pages = Math.ceil(Math.min(wanted, Math.max(room, bytes)) / PAGE);
    try {
      this.memory.grow(pages);
    } catch {
      throw new OutOfMemoryError(
        `The SIMD engine holds ${megabytes(this.used)} MiB and needs ${megabytes(bytes)} MiB more, ` +
          `but may use ${megabytes(this.#maximum)} MiB in all.`,
      );
    }
    return pages * PAGE;
  }
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 2 ** 20);
}
