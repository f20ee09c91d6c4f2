import * as tf from '@tensorflow/tfjs';
import {
  recurrentBackwardReference,
  recurrentForwardReference,
} from '../../../src/core/kernels/spec/reference-recurrent.ts';
import { relativeError, sizesOf, titleOf } from '../../unit/kernels/recurrent-cases.ts';
import type { Case, ParityResult } from './protocol.ts';
import {
  BACKWARD_OUTPUTS,
  FORWARD_OUTPUTS,
  makeValues,
  runBackward,
  runForward,
  toTensors,
} from './run-kernels.ts';

/** Both kernels of a case, twice, against the reference. */
export async function parity({ attrs, shape }: Case): Promise<ParityResult> {
  const values = makeValues(attrs, shape);
  const sizes = sizesOf(attrs, shape);
  const forward = recurrentForwardReference(values.inputs, attrs, sizes);
  const backward = recurrentBackwardReference(
    { ...values.inputs, ...forward, ...values.gradients },
    attrs,
    sizes,
  );
  const tensors = toTensors(attrs, shape, values);
  const before = tf.memory().numTensors;
  const first = await runOnce(tensors, attrs);
  const leaked = tf.memory().numTensors - before;
  const held = bytesHeld();
  const second = await runOnce(tensors, attrs);
  const leakedBytes = bytesHeld() - held;
  tf.dispose(tensors as unknown as tf.NamedTensorMap);

  const expected: Record<string, Float64Array> = { ...forward, ...backward };
  const names = Object.keys(first);
  return {
    title: `${titleOf(attrs)} ${JSON.stringify(shape)}`,
    errors: Object.fromEntries(
      names.map((name) => [name, relativeError(first[name]!, expected[name]!)]),
    ),
    leaked,
    leakedBytes,
    unstable: names.filter((name) => first[name]!.some((value, i) => value !== second[name]![i])),
  };
}

const bytesHeld = (): number =>
  (tf.memory() as tf.MemoryInfo & { numBytesInGPU: number }).numBytesInGPU;

async function runOnce(
  tensors: ReturnType<typeof toTensors>,
  attrs: Case['attrs'],
): Promise<Record<string, Float32Array>> {
  const saved = runForward(tensors, attrs);
  const gradients = runBackward(tensors, saved, attrs);
  const values: Record<string, Float32Array> = {};
  for (const [index, name] of FORWARD_OUTPUTS.entries()) {
    values[name] = (await saved[index]!.data()) as Float32Array;
  }
  for (const [index, name] of BACKWARD_OUTPUTS.entries()) {
    values[name] = (await gradients[index]!.data()) as Float32Array;
  }
  tf.dispose([...saved, ...gradients]);
  return values;
}
