import * as tf from '@tensorflow/tfjs';
import { type KernelCall, runKernel, type SimdKernel } from './stock.ts';

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
  const { heap, run } = backend;
  heap.borrow(run.gemmScratch(), (scratch) => {
    for (let i = 0; i < Math.max(aBatch, bBatch); i++) {
      const left = from + (i % aBatch) * m * k * 4;
      const right = by + (i % bBatch) * k * n * 4;
      const to = address + i * m * n * 4;
      const [ta, tb] = [Number(transposeA), Number(transposeB)];
      run.gemm(m, n, k, left, aColumns, ta, right, bColumns, tb, to, n, offset, 0, scratch);
    }
  });
  return info;
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
