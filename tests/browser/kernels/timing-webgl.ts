import * as tf from '@tensorflow/tfjs';
import type { Answers, Case, StepCase } from './protocol.ts';
import { makeValues, runBackward, runForward, toTensors } from './run-kernels.ts';
import { makeStep } from './training-step.ts';

/** How long both kernels take, from the call until one of their results is on the CPU. */
export async function timing({ attrs, shape }: Case, repeats: number): Promise<Answers['timing']> {
  const tensors = toTensors(attrs, shape, makeValues(attrs, shape));
  const best = { forward: Number.POSITIVE_INFINITY, backward: Number.POSITIVE_INFINITY };
  // The first call compiles.
  for (let repeat = 0; repeat <= repeats; repeat++) {
    const start = performance.now();
    const saved = runForward(tensors, attrs);
    await saved[0]!.data();
    const middle = performance.now();
    const gradients = runBackward(tensors, saved, attrs);
    // The draws before it, of all the other results, are through by then.
    await gradients[3]!.data();
    const end = performance.now();
    tf.dispose([...saved, ...gradients]);
    if (repeat === 0) continue;
    best.forward = Math.min(best.forward, middle - start);
    best.backward = Math.min(best.backward, end - middle);
  }
  tf.dispose(tensors as unknown as tf.NamedTensorMap);
  return best;
}

/** How long loss and gradients of a classifier take, until both are on the CPU. */
export async function stepTiming({ attrs, shape }: StepCase, repeats: number): Promise<number> {
  const { run } = makeStep(attrs, shape);
  let best = Number.POSITIVE_INFINITY;
  for (let repeat = 0; repeat <= repeats; repeat++) {
    const start = performance.now();
    const tensors = run();
    await tensors.at(-1)!.data();
    if (repeat > 0) best = Math.min(best, performance.now() - start);
    tf.dispose(tensors);
  }
  return best;
}
