import type * as tf from '@tensorflow/tfjs';
import { SIMD } from './backend.ts';
import { isFloat, matMul } from './mat-mul.ts';
import { type KernelCall, runKernel, type SimdKernel } from './stock.ts';

/** Kernels behind tfjs's names of fused activations. */
const ACTIVATIONS: Readonly<Record<string, string>> = {
  relu: 'Relu',
  relu6: 'Relu6',
  elu: 'Elu',
  sigmoid: 'Sigmoid',
};

interface FusedAttrs {
  readonly activation: string;
}

/** A dense layer: product, bias and activation. */
export const fusedMatMul: SimdKernel = {
  kernelName: '_FusedMatMul',
  kernelFunc: (call) => {
    const { a, b, bias } = call.inputs as Record<'a' | 'b', tf.TensorInfo> & {
      bias?: tf.TensorInfo;
    };
    const { activation } = call.attrs as unknown as FusedAttrs;
    const known = activation === 'linear' || Object.hasOwn(ACTIVATIONS, activation);
    const plainBias = !bias || (bias.shape.length === 1 && isFloat(bias));
    if (!known || !plainBias || !isFloat(a, b)) return runKernel('_FusedMatMul', call);
    const sum = matMul(call, bias);
    return activation === 'linear' ? sum : activated(call, sum, ACTIVATIONS[activation]!);
  },
};

function activated({ backend }: KernelCall, x: tf.TensorInfo, kernel: string): tf.TensorInfo {
  const y = runKernel(kernel, { inputs: { x }, backend }, SIMD);
  backend.disposeData(x.dataId);
  return y;
}
