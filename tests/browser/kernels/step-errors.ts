import * as tf from '@tensorflow/tfjs';
import { relativeError } from '../../unit/kernels/recurrent-cases.ts';
import type { Answers, Question } from './protocol.ts';
import { makeStep } from './training-step.ts';

/** How far a backend's loss and gradients of one training step are from the CPU's, by name. */
export async function stepErrors(
  { attrs, shape }: Question<'step'>,
  backend: string,
): Promise<Answers['step']> {
  const { names, run } = makeStep(attrs, shape);
  const expected = await readStep(run, 'cpu');
  const actual = await readStep(run, backend);
  return Object.fromEntries(
    names.map((name, index) => [name, relativeError(actual[index]!, expected[index]!)]),
  );
}

async function readStep(run: () => tf.Tensor[], backend: string) {
  await tf.setBackend(backend);
  const tensors = run();
  const values = await Promise.all(tensors.map((tensor) => tensor.data()));
  tf.dispose(tensors);
  return values;
}
