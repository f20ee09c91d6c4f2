import { bestBuild, type Build } from './best-build.ts';
import { Heap, type HeapLimits } from './heap.ts';

/** WebAssembly, or what every build needs of it, is missing here. */
export class SimdUnsupportedError extends Error {
  override readonly name = 'SimdUnsupportedError';
}

/** What `assembly/index.ts` exports. Addresses are bytes, sizes and strides are numbers of float32. */
export interface SimdExports {
  readonly gemm: (
    m: number,
    n: number,
    k: number,
    ...matrices: [
      ...a: [address: number, stride: number, transposed: number],
      ...b: [address: number, stride: number, transposed: number],
      ...c: [address: number, stride: number],
      bias: number,
      accumulate: number,
      scratch: number,
    ]
  ) => void;
  readonly gemmScratch: () => number;
  readonly recurrentScratch: (batch: number, units: number, gates: number) => number;
  readonly forwardSimpleRnn: (block: number) => void;
  readonly forwardLstm: (block: number) => void;
  readonly forwardGru: (block: number) => void;
  readonly backwardSimpleRnn: (block: number) => void;
  readonly backwardLstm: (block: number) => void;
  readonly backwardGruAfter: (block: number) => void;
  readonly backwardGruBefore: (block: number) => void;
  readonly gatherTableRows: (
    count: number,
    indices: number,
    width: number,
    from: number,
    to: number,
  ) => void;
  readonly sumSegments: (
    count: number,
    segments: number,
    width: number,
    from: number,
    segmentCount: number,
    to: number,
  ) => void;
  readonly copyBlock: (
    rows: number,
    width: number,
    from: number,
    fromStride: number,
    to: number,
    toStride: number,
  ) => void;
  readonly addAll: (size: number, a: number, b: number, to: number) => void;
  readonly sumRows: (count: number, width: number, from: number, to: number) => void;
  readonly transposeBlock: (
    from: number,
    stride: number,
    rows: number,
    columns: number,
    to: number,
    toStride: number,
  ) => void;
  readonly sigmoidAll: (size: number, from: number, to: number) => void;
  readonly tanhAll: (size: number, from: number, to: number) => void;
  readonly adamStep: (
    size: number,
    parameter: number,
    firstMoment: number,
    secondMoment: number,
    gradient: number,
    ...rates: [alpha: number, rate1: number, rate2: number, epsilon: number]
  ) => void;
  readonly rmsPropStep: (
    size: number,
    parameter: number,
    meanSquare: number,
    gradient: number,
    ...rates: [learningRate: number, rate: number, epsilon: number]
  ) => void;
}

/** The kernels, ready to run, and the memory that they run in. */
export interface SimdModule {
  readonly build: Build;
  readonly heap: Heap;
  readonly run: SimdExports;
}

/** Gives the bytes of one build. */
export type ReadBuild = (build: Build) => Promise<BufferSource>;

/**
 * Compiles the fastest build that runs here.
 *
 * @param read gives a build's bytes; by default they are fetched from beside this file
 * @throws SimdUnsupportedError if no build runs here
 */
export async function loadSimd(
  read: ReadBuild = fetchBuild,
  limits?: HeapLimits,
): Promise<SimdModule> {
  const build = bestBuild();
  if (!build) throw new SimdUnsupportedError('WebAssembly, or its bulk memory, is missing here.');
  const heap = new Heap(limits);
  const imports = { env: { memory: heap.memory } };
  const { instance } = await WebAssembly.instantiate(await read(build), imports);
  return { build, heap, run: instance.exports as unknown as SimdExports };
}

// Written out in full for each build: the bundler looks for exactly this.
const URLS: Readonly<Record<Build, () => URL>> = {
  relaxed: () => new URL('./build/simd-relaxed.wasm', import.meta.url),
  plain: () => new URL('./build/simd-plain.wasm', import.meta.url),
  scalar: () => new URL('./build/simd-scalar.wasm', import.meta.url),
};

/** @throws Error if the file can't be fetched, naming its address and the answer */
async function fetchBuild(build: Build): Promise<ArrayBuffer> {
  const url = URLS[build]();
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.href} answered ${response.status}`);
  return response.arrayBuffer();
}
