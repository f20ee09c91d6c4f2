import * as tf from '@tensorflow/tfjs';
import { isFloat } from './mat-mul.ts';
import { runKernel, type SimdKernel } from './stock.ts';

interface AxisAttrs {
  readonly axis: number;
}

/** Puts float tensors beside each other along their last axis: the halves of a bidirectional layer. */
export const concat: SimdKernel = {
  kernelName: 'Concat',
  kernelFunc: (call) => {
    const { backend } = call;
    const tensors = Object.values(call.inputs) as tf.TensorInfo[];
    const { axis } = call.attrs as unknown as AxisAttrs;
    const whole = tensors.every((tensor) => isFloat(tensor) && !tensor.shape.includes(0));
    if (!whole || !isLast(axis, tensors[0]!)) return runKernel('Concat', call);
    const widths = tensors.map(({ shape }) => shape.at(-1)!);
    const width = widths.reduce((sum, own) => sum + own, 0);
    const lead = tensors[0]!.shape.slice(0, -1);
    const rows = tf.util.sizeFromShape(lead);
    const from = tensors.map((tensor) => backend.address(tensor));
    const { info, address } = backend.output([...lead, width]);
    let to = address;
    for (const [i, own] of widths.entries()) {
      backend.run.copyBlock(rows, own, from[i]!, own, to, width);
      to += 4 * own;
    }
    return info;
  },
};

interface SplitAttrs extends AxisAttrs {
  readonly numOrSizeSplits: number[] | number;
}

/** Takes a float tensor apart along its last axis: the gradient of {@link concat}. */
export const split: SimdKernel = {
  kernelName: 'SplitV',
  kernelFunc: (call) => {
    const { backend } = call;
    const x = call.inputs.x as tf.TensorInfo;
    const { axis, numOrSizeSplits } = call.attrs as unknown as SplitAttrs;
    const widths = Array.isArray(numOrSizeSplits) ? numOrSizeSplits : [];
    const width = x.shape.at(-1)!;
    const exact = widths.every((own) => own > 0) && widths.reduce((a, b) => a + b, 0) === width;
    if (!exact || !isLast(axis, x) || !isFloat(x) || x.shape.includes(0)) {
      return runKernel('SplitV', call);
    }
    const lead = x.shape.slice(0, -1);
    const rows = tf.util.sizeFromShape(lead);
    let from = backend.address(x);
    return widths.map((own) => {
      const { info, address } = backend.output([...lead, own]);
      backend.run.copyBlock(rows, own, from, width, address, own);
      from += 4 * own;
      return info;
    });
  },
};

function isLast(axis: number, { shape }: tf.TensorInfo): boolean {
  return axis === -1 || axis === shape.length - 1;
}
