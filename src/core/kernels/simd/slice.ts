import * as tf from '@tensorflow/tfjs';
import type { SimdBackend } from './backend.ts';
import { isFloat } from './mat-mul.ts';
import { runKernel, type SimdKernel } from './stock.ts';

/** A part of a float tensor, such as the last state of a layer. */
export const slice: SimdKernel = {
  kernelName: 'Slice',
  kernelFunc: (call) => {
    const { backend } = call;
    const x = call.inputs.x as tf.TensorInfo;
    const attrs = call.attrs as unknown as { begin: number | number[]; size: number | number[] };
    const params = tf.slice_util.parseSliceParams(x as tf.Tensor, attrs.begin, attrs.size);
    const [begin, size] = params as [number[], number[]];
    if (!isFloat(x) || x.shape.length === 0 || size.includes(0)) return runKernel('Slice', call);
    tf.slice_util.assertParamsValid(x as tf.Tensor, begin, size);
    const from = backend.address(x);
    const { info, address } = backend.output(size);
    copyRegion(backend, size, { address: from, shape: x.shape, begin }, { address, shape: size });
    return info;
  },
};

/** A float tensor among zeros: the gradient of {@link slice}. Other paddings go to tfjs's own kernel. */
export const pad: SimdKernel = {
  kernelName: 'PadV2',
  kernelFunc: (call) => {
    const { backend } = call;
    const x = call.inputs.x as tf.TensorInfo;
    const attrs = call.attrs as unknown as { paddings: [number, number][]; constantValue: number };
    const { paddings, constantValue } = attrs;
    if (!isFloat(x) || x.shape.length === 0 || constantValue !== 0) return runKernel('PadV2', call);
    const begin = paddings.map(([before]) => before);
    const shape = x.shape.map((size, axis) => begin[axis]! + size + paddings[axis]![1]);
    const from = backend.address(x);
    const { info, address } = backend.output(shape);
    backend.heap.floats(address, tf.util.sizeFromShape(shape)).fill(0);
    copyRegion(backend, x.shape, { address: from, shape: x.shape }, { address, shape, begin });
    return info;
  },
};

/** Where a region lies in a tensor: by default at its beginning. */
interface Place {
  readonly address: number;
  readonly shape: readonly number[];
  readonly begin?: readonly number[];
}

/** Copies a region of that many numbers along each axis, a matrix of its last two axes at a time. */
function copyRegion({ run }: SimdBackend, size: readonly number[], from: Place, to: Place): void {
  const [rows, width] = size.length > 1 ? (size.slice(-2) as [number, number]) : [1, size[0]!];
  const outer = size.slice(0, -2);
  const count = outer.reduce((product, length) => product * length, 1);
  const [fromWidth, toWidth] = [from.shape.at(-1)!, to.shape.at(-1)!];
  for (let i = 0; i < count; i++) {
    const source = from.address + 4 * offsetOf(from, outer, i);
    run.copyBlock(rows, width, source, fromWidth, to.address + 4 * offsetOf(to, outer, i), toWidth);
  }
}

/** Numbers before the i-th matrix of a region. */
function offsetOf({ shape, begin }: Place, outer: readonly number[], i: number): number {
  let offset = 0;
  let stride = 1;
  let rest = i;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const length = outer[axis];
    offset += ((begin?.[axis] ?? 0) + (length ? rest % length : 0)) * stride;
    if (length) rest = Math.floor(rest / length);
    stride *= shape[axis]!;
  }
  return offset;
}
