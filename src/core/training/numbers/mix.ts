import * as tf from '@tensorflow/tfjs';
import { SimdBackend } from '../../kernels/simd/backend.ts';

/** `a · x + b · y` of float32 tensors of one shape, as a new tensor. One pass over memory on `simd`. */
export function mix(a: number, x: tf.Tensor, b: number, y: tf.Tensor): tf.Tensor {
  const backend = tf.backend();
  if (!(backend instanceof SimdBackend)) return tf.tidy(() => x.mul(a).add(y.mul(b)));
  return fill(backend, x, [x, y], (out, [xs, ys]) => {
    for (let i = 0; i < out.length; i++) out[i] = a * xs![i]! + b * ys![i]!;
  });
}

/** `a · x` as a new tensor. */
export function scale(a: number, x: tf.Tensor): tf.Tensor {
  const backend = tf.backend();
  if (!(backend instanceof SimdBackend)) return x.mul(a);
  return fill(backend, x, [x], (out, [xs]) => {
    for (let i = 0; i < out.length; i++) out[i] = a * xs![i]!;
  });
}

/** Gives a variable the values of a tensor, which is disposed of. */
export function replace(variable: tf.Variable, values: tf.Tensor): void {
  variable.assign(values);
  values.dispose();
}

function fill(
  backend: SimdBackend,
  { shape, size }: tf.Tensor,
  inputs: readonly tf.Tensor[],
  compute: (out: Float32Array, inputs: readonly Float32Array[]) => void,
): tf.Tensor {
  // Addresses first: whatever allocates makes views useless.
  const addresses = inputs.map((input) => backend.address(input));
  const { info, address } = backend.output(shape);
  const view = (at: number): Float32Array => backend.heap.floats(at, size);
  compute(view(address), addresses.map(view));
  return tf.engine().makeTensorFromTensorInfo(info, backend);
}
