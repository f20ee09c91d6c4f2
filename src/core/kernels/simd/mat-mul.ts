import * as tf from '@tensorflow/tfjs';
import type { SimdBackend } from './backend.ts';
import { split } from './threads/split.ts';
import { type KernelCall, runKernel, type SimdKernel } from './stock.ts';

/** Products of numbers that a thread takes 50 µs for: as long as handing them over may take. */
const FEWEST_PRODUCTS = 2 ** 20;
/** Rows and columns that the kernel computes at once, or multiples of it. */
const [TILE_ROWS, TILE_COLUMNS] = [12, 8];

interface MatMulAttrs {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/**
 * The product of two matrices, or of batches of matrices of which one may repeat.
 *
 * @param bias shape [columns], added to each row
 * @throws Error if the inner dimensions differ
 */
export function matMul(call: KernelCall, bias?: tf.TensorInfo): tf.TensorInfo {
  const { backend } = call;
  const { a, b } = call.inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
  const { transposeA, transposeB } = call.attrs as unknown as MatMulAttrs;
  const [aRows, aColumns] = a.shape.slice(-2) as [number, number];
  const [bRows, bColumns] = b.shape.slice(-2) as [number, number];
  const [m, k] = transposeA ? [aColumns, aRows] : [aRows, aColumns];
  const [inner, n] = transposeB ? [bColumns, bRows] : [bRows, bColumns];
  tf.util.assert(
    k === inner,
    () => `matMul: [${a.shape}] × [${b.shape}] have inner dimensions ${k} and ${inner}`,
  );
  const outer = tf.broadcast_util.assertAndGetBroadcastShape(
    a.shape.slice(0, -2),
    b.shape.slice(0, -2),
  );
  const aBatch = tf.util.sizeFromShape(a.shape.slice(0, -2));
  const bBatch = tf.util.sizeFromShape(b.shape.slice(0, -2));
  const { info, address } = backend.output([...outer, m, n]);
  const from = backend.address(a);
  const by = backend.address(b);
  const offset = bias ? backend.address(bias) : 0;
  for (let i = 0; i < Math.max(aBatch, bBatch); i++) {
    multiply(backend, {
      m,
      n,
      k,
      a: from + (i % aBatch) * m * k * 4,
      aStride: aColumns,
      ta: Number(transposeA),
      b: by + (i % bBatch) * k * n * 4,
      bStride: bColumns,
      tb: Number(transposeB),
      c: address + i * m * n * 4,
      bias: offset,
    });
  }
  return info;
}

interface Product {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly a: number;
  readonly aStride: number;
  readonly ta: number;
  readonly b: number;
  readonly bStride: number;
  readonly tb: number;
  readonly c: number;
  readonly bias: number;
}

/** One product, by as many threads as are worth it: each computes some rows of C, or some columns. */
function multiply({ heap, run, team }: SimdBackend, product: Product): void {
  const { m, n, k, a, aStride, ta, b, bStride, tb, c, bias } = product;
  const threads = Math.min(team.size, Math.ceil((m * n * k) / FEWEST_PRODUCTS));
  const byRows = m >= n;
  const parts = split(byRows ? m : n, threads, byRows ? TILE_ROWS : TILE_COLUMNS);
  const bytes = run.gemmScratch();
  heap.borrow(bytes * parts.length, (scratch) => {
    team.run(
      'gemm',
      parts.map(({ start, length }, i) => {
        const [row, column] = byRows ? [start, 0] : [0, start];
        return [
          ...([byRows ? length : m, byRows ? n : length, k] as const),
          ...([a + row * (ta ? 1 : aStride) * 4, aStride, ta] as const),
          ...([b + column * (tb ? bStride : 1) * 4, bStride, tb] as const),
          ...([c + (row * n + column) * 4, n, bias && bias + column * 4, 0] as const),
          scratch + i * bytes,
        ];
      }),
    );
  });
}

/** Whether the SIMD product takes these: float32, and none of them empty. */
export function isFloat(...tensors: readonly tf.TensorInfo[]): boolean {
  return tensors.every(({ dtype, shape }) => dtype === 'float32' && !shape.includes(0));
}

export const batchMatMul: SimdKernel = {
  kernelName: 'BatchMatMul',
  kernelFunc: (call) =>
    isFloat(call.inputs.a!, call.inputs.b!) ? matMul(call) : runKernel('BatchMatMul', call),
};
