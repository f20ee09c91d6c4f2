import { bestBuild, type Build } from './best-build.ts';
import type { SimdExports } from './exports.ts';
import { Heap, type HeapLimits } from './heap.ts';
import { recruit, type Threads, threadCount } from './threads/recruit.ts';
import { canShareMemory, forSharedMemory } from './threads/shared-memory.ts';
import { Team } from './threads/team.ts';

/** WebAssembly, or what every build needs of it, is missing here. */
export class SimdUnsupportedError extends Error {
  override readonly name = 'SimdUnsupportedError';
}

/** The kernels, ready to run, and the memory that they run in. */
export interface SimdModule {
  readonly build: Build;
  readonly heap: Heap;
  readonly run: SimdExports;
  /** The threads that run them. */
  readonly team: Team;
  /** Why there is only one thread, if more were asked for. */
  readonly remark: string;
}

/** Gives the bytes of one build. */
export type ReadBuild = (build: Build) => Promise<Uint8Array<ArrayBuffer>>;

export interface LoadOptions {
  /** Without it, the calling thread computes alone. */
  readonly threads?: Threads | undefined;
  readonly limits?: Omit<HeapLimits, 'shared'> | undefined;
}

/**
 * Compiles the fastest build that runs here. Several threads share its memory if that is asked for
 * and allowed; one that does not start leaves the calling thread alone.
 *
 * @param read gives a build's bytes; by default they are fetched from beside this file
 * @throws SimdUnsupportedError if no build runs here
 */
export async function loadSimd(
  read: ReadBuild = fetchBuild,
  { threads, limits }: LoadOptions = {},
): Promise<SimdModule> {
  const build = bestBuild();
  if (!build) throw new SimdUnsupportedError('WebAssembly, or its bulk memory, is missing here.');
  const bytes = await read(build);
  const alone = async (remark: string): Promise<SimdModule> => {
    const heap = new Heap(limits);
    const { run } = await instantiate(bytes, heap);
    return { build, heap, run, team: new Team(run), remark };
  };
  if (!threads) return alone('');
  const count = threads.count ?? threadCount();
  if (count < 2) return alone('');
  if (!canShareMemory()) return alone('One thread: this page may not share memory with others.');
  try {
    const heap = new Heap({ ...limits, shared: true });
    const { module, run } = await instantiate(forSharedMemory(bytes), heap);
    const helpers = await recruit(threads.start, count - 1, heap, module);
    return { build, heap, run, team: new Team(run, helpers), remark: '' };
  } catch (error) {
    return alone(`One thread: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function instantiate(bytes: Uint8Array<ArrayBuffer>, { memory }: Heap) {
  const { module, instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  return { module, run: instance.exports as unknown as SimdExports };
}

// Written out in full for each build: the bundler looks for exactly this.
const URLS: Readonly<Record<Build, () => URL>> = {
  relaxed: () => new URL('./build/simd-relaxed.wasm', import.meta.url),
  plain: () => new URL('./build/simd-plain.wasm', import.meta.url),
  scalar: () => new URL('./build/simd-scalar.wasm', import.meta.url),
};

/** @throws Error if the file can't be fetched, naming its address and the answer */
async function fetchBuild(build: Build): Promise<Uint8Array<ArrayBuffer>> {
  const url = URLS[build]();
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.href} answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
