import * as tf from '@tensorflow/tfjs';
import type { RecurrentAttrs } from '../../../src/core/kernels/spec/recurrent.ts';
import type { Shape } from '../../unit/kernels/recurrent-cases.ts';
import type { Answers, StepShape } from './protocol.ts';
import { makeValues, runBackward, runForward, toTensors } from './run-kernels.ts';
import { makeStep } from './training-step.ts';

/** How long both kernels take, from the call to the last value on the GPU. */
export async function timing(
  shape: Shape,
  attrs: RecurrentAttrs,
  repeats: number,
): Promise<Answers['timing']> {
  const tensors = toTensors(attrs, shape, makeValues(attrs, shape));
  const best = { forward: Number.POSITIVE_INFINITY, backward: Number.POSITIVE_INFINITY };
  // The first call compiles.
  for (let repeat = 0; repeat <= repeats; repeat++) {
    const start = performance.now();
    const saved = runForward(tensors, attrs);
    await finished();
    const middle = performance.now();
    const gradients = runBackward(tensors, saved, attrs);
    await finished();
    const end = performance.now();
    tf.dispose([...saved, ...gradients]);
    if (repeat === 0) continue;
    best.forward = Math.min(best.forward, middle - start);
    best.backward = Math.min(best.backward, end - middle);
  }
  tf.dispose(tensors as unknown as tf.NamedTensorMap);
  return best;
}

/** How long loss and gradients of a classifier take, to the last value on the GPU. */
export async function stepTiming(
  attrs: RecurrentAttrs,
  shape: StepShape,
  repeats: number,
): Promise<number> {
  const { run } = makeStep(attrs, shape);
  let best = Number.POSITIVE_INFINITY;
  for (let repeat = 0; repeat <= repeats; repeat++) {
    const start = performance.now();
    const tensors = run();
    await tensors[0]!.data();
    await finished();
    tf.dispose(tensors);
    if (repeat > 0) best = Math.min(best, performance.now() - start);
  }
  return best;
}

const finished = (): Promise<undefined> =>
  (tf.backend() as unknown as { device: GPUDevice }).device.queue.onSubmittedWorkDone();
