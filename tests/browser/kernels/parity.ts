import * as tf from '@tensorflow/tfjs';
import {
  recurrentBackwardReference,
  recurrentForwardReference,
} from '../../../src/core/kernels/spec/reference-recurrent.ts';
import { bytesHeld } from '../../unit/kernels/bytes-held.ts';
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

/** Both kernels of a case on the current backend, twice, against the reference. */
export async function parity({ attrs, shape, seed }: Case): Promise<ParityResult> {
  const values = makeValues(attrs, shape, seed);
  const sizes = sizesOf(attrs, shape);
  const forward = recurrentForwardReference(values.inputs, attrs, sizes);
  const tensors = toTensors(attrs, shape, values);
  const before = tf.memory().numTensors;
  const first = await runOnce(tensors, attrs);
  const leaked = tf.memory().numTensors - before;
  const held = bytesHeld();
  const second = await runOnce(tensors, attrs);
  const leakedBytes = bytesHeld() - held;
  tf.dispose(tensors as unknown as tf.NamedTensorMap);

  // From the saved outputs, so that both sides stand on the same side of a kink.
  const saved = Object.fromEntries(
    FORWARD_OUTPUTS.map((name) => [name, Float64Array.from(first[name]!)]),
  ) as Record<(typeof FORWARD_OUTPUTS)[number], Float64Array>;
  const backward = recurrentBackwardReference(
    { ...values.inputs, ...saved, ...values.gradients },
    attrs,
    sizes,
  );
  const expected: Record<string, Float64Array> = { ...forward, ...backward };
  const names = Object.keys(first);
  return {
    title: `${titleOf(attrs)} ${JSON.stringify(shape)}, seed ${seed ?? 1}`,
    errors: Object.fromEntries(
      names.map((name) => [name, relativeError(first[name]!, expected[name]!)]),
    ),
    leaked,
    leakedBytes,
    unstable: names.filter((name) => first[name]!.some((value, i) => value !== second[name]![i])),
  };
}

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
