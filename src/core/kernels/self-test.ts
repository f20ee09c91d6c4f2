import * as tf from '@tensorflow/tfjs';
import { recurrent } from './ops/recurrent.ts';

/** How a backend did on a small training step. */
export interface SelfTest {
  /** Largest error of the loss and its gradients, relative to the largest value of each. */
  readonly error: number;
  readonly correct: boolean;
  /** Time of one step, once its programs are compiled. */
  readonly milliseconds: number;
}

/** Real drivers have returned zeros as gradients: those are off by 1. Rounding is far below this. */
const TOLERANCE = 2e-3;

const [BATCH, STEPS, WORDS, FEATURES, UNITS] = [16, 40, 50, 16, 32];

/**
 * Computes the loss and the gradients of a small LSTM on the current backend, compares them with
 * `expected` (from {@link stepValues} on the reference) and times a second step.
 */
export async function selfTest(expected: readonly Float32Array[]): Promise<SelfTest> {
  const values = await stepValues();
  const error = Math.max(...values.map((value, i) => relativeError(value, expected[i]!)));
  const start = performance.now();
  await stepValues();
  const milliseconds = performance.now() - start;
  return { error, correct: error <= TOLERANCE, milliseconds };
}

/** The loss and its gradients with respect to every weight, on the current backend. */
export async function stepValues(): Promise<Float32Array[]> {
  const tensors = tf.tidy(() => {
    const normal = (shape: number[], seed: number, deviation: number): tf.Tensor2D =>
      tf.tensor2d(wave(shape[0]! * shape[1]!, seed, deviation), shape as [number, number]);
    const ids = tf.tensor2d(
      Int32Array.from({ length: BATCH * STEPS }, (_, i) => (i * i + 7 * i) % WORDS),
      [BATCH, STEPS],
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
      normal([WORDS, FEATURES], 1, 1),
      normal([FEATURES, 4 * UNITS], 2, 0.5),
      normal([UNITS, 4 * UNITS], 3, 0.3),
      normal([1, 4 * UNITS], 4, 0.5).flatten(),
    ]);
    return [value, ...grads];
  });
  const values = await Promise.all(tensors.map((tensor) => tensor.data<'float32'>()));
  tf.dispose(tensors);
  return values;
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
