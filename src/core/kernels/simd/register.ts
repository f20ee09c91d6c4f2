import * as tf from '@tensorflow/tfjs';
import { add } from './add.ts';
import { SIMD, SimdBackend } from './backend.ts';
import { concat, split } from './concat.ts';
import { sigmoid, tanh } from './elementwise.ts';
import { fusedMatMul } from './fused-mat-mul.ts';
import { gather } from './gather.ts';
import { batchMatMul } from './mat-mul.ts';
import type { SimdModule } from './module.ts';
import { recurrentBackward } from './recurrent-backward.ts';
import { recurrentForward } from './recurrent-forward.ts';
import { segmentSum } from './segment-sum.ts';
import type { SimdKernel } from './stock.ts';
import { pad, slice } from './slice.ts';
import { sum } from './sum.ts';
import { transpose } from './transpose.ts';

const KERNELS: readonly SimdKernel[] = [
  add,
  batchMatMul,
  concat,
  fusedMatMul,
  gather,
  pad,
  segmentSum,
  slice,
  split,
  sum,
  transpose,
  sigmoid,
  tanh,
  recurrentForward,
  recurrentBackward,
];

/**
 * Registers the backend `simd`: tfjs's CPU kernels, with ours in place of the slow ones. Call it after
 * the `cpu` kernels are registered, and once: a second call is an Error from tfjs's registry.
 */
export function registerSimd(module: SimdModule): void {
  tf.copyRegisteredKernels('cpu', SIMD);
  for (const { kernelName, kernelFunc } of KERNELS) {
    if (tf.getKernel(kernelName, SIMD)) tf.unregisterKernel(kernelName, SIMD);
    tf.registerKernel({
      kernelName,
      backendName: SIMD,
      kernelFunc: ({ inputs, attrs, backend: current }) => {
        const backend = current as SimdBackend;
        return backend.attempt(() => kernelFunc({ inputs, attrs, backend }));
      },
    });
  }
  // Below all others: it runs when it is chosen by name, not when tfjs looks for a backend.
  tf.registerBackend(SIMD, () => new SimdBackend(module), 0);
}
