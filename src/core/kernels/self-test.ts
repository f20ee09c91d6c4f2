import * as tf from '@tensorflow/tfjs';
import { recurrent } from './ops/recurrent.ts';

/** How a backend did on a small training step. */
export interface SelfTest {
  /** Largest error of the loss and its gradients, relative to the largest value of each. */
  readonly error: number;
  readonly correct: boolean;
  /** Time of one small step, once its programs are compiled. */
  readonly smallMilliseconds: number;
}

/** Of a step's batch and network. */
interface StepShape {
  readonly batch: number;
  readonly steps: number;
  readonly words: number;
  readonly features: number;
  readonly units: number;
}

/** Real drivers have returned zeros as gradients: those are off by 1. Rounding is far below this. */
const TOLERANCE = 2e-3;

const SMALL: StepShape = { batch: 16, steps: 40, words: 50, features: 16, units: 32 };
/** As in the lab, and what is timed. A small step on a graphics card takes the time of its launches alone. */
export const REALISTIC: StepShape = { batch: 32, steps: 200, words: 2000, features: 64, units: 64 };

/**
 * Computes the loss and the gradients of a small LSTM on the current backend, compares them with
 * `expected` (from {@link stepValues} on the reference) and times a second step.
 */
export async function selfTest(expected: readonly Float32Array[]): Promise<SelfTest> {
  const values = await stepValues();
  const error = Math.max(...values.map((value, i) => relativeError(value, expected[i]!)));
  const start = performance.now();
  await stepValues();
  const smallMilliseconds = performance.now() - start;
  return { error, correct: error <= TOLERANCE, smallMilliseconds };
}

/** The loss of the small LSTM and its gradients with respect to every weight, on the current backend. */
export async function stepValues(): Promise<Float32Array[]> {
  const tensors = tf.tidy(() => lossAndGradients(SMALL));
  const values = await Promise.all(tensors.map((tensor) => tensor.data<'float32'>()));
  tf.dispose(tensors);
  return values;
}

/** Milliseconds of a step of realistic size on the current backend, the shorter of two. */
export async function timeStep(): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  // The first compiles, and fills caches and pools.
  for (let repeat = 0; repeat < 3; repeat++) {
    const start = performance.now();
    // All gradients are needed for it, but one number comes back, as in training.
    const sum = tf.tidy(() => tf.addN(lossAndGradients(REALISTIC).map((tensor) => tensor.sum())));
    await sum.data();
    sum.dispose();
    if (repeat > 0) best = Math.min(best, performance.now() - start);
  }
  return best;
}

function lossAndGradients({ batch, steps, words, features, units }: StepShape): tf.Tensor[] {
  const normal = (shape: number[], seed: number, deviation: number): tf.Tensor2D =>
    tf.tensor2d(wave(shape[0]! * shape[1]!, seed, deviation), shape as [number, number]);
  const ids = tf.tensor2d(
    Int32Array.from({ length: batch * steps }, (_, i) => (i * i + 7 * i) % words),
    [batch, steps],
    'int32',
  );
  const loss = (...[embeddings, kernel, recurrentKernel, bias]: tf.Tensor[]): tf.Scalar => {
    const { h } = recurrent({
      input: { ids, embeddings: embeddings as tf.Tensor2D },
      kernel: kernel as tf.Tensor2D,
      recurrentKernel: recurrentKernel as tf.Tensor2D,
      bias: bias!,
      mask: ids.greater(3).cast('int32'),
      attrs: {
        cell: 'LSTM',
        activation: 'tanh',
        recurrentActivation: 'sigmoid',
        resetAfter: false,
        goBackwards: false,
      },
    });
    return h.square().mean();
  };
  const { value, grads } = tf.valueAndGrads(loss)([
    normal([words, features], 1, 1),
    normal([features, 4 * units], 2, 0.5),
    normal([units, 4 * units], 3, 0.3),
    normal([1, 4 * units], 4, 0.5).flatten(),
  ]);
  return [value, ...grads];
}

/** Numbers that look random and are the same on every machine. */
function wave(length: number, seed: number, scale: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => scale * Math.sin(12.9898 * i + 78.233 * seed));
}

function relativeError(value: Float32Array, expected: Float32Array): number {
  let worst = 0;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(value[i]! - expected[i]!);
    if (Number.isNaN(difference)) return Number.POSITIVE_INFINITY;
    worst = Math.max(worst, difference);
    largest = Math.max(largest, Math.abs(expected[i]!));
  }
  return worst / largest;
}
