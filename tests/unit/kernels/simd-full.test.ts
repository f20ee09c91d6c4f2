import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { registerRecurrentGradient } from '../../../src/core/kernels/gradients/recurrent.ts';
import { withTape } from '../../../src/core/kernels/gradients/tape.ts';
import { recurrent } from '../../../src/core/kernels/ops/recurrent.ts';
import type { SimdBackend } from '../../../src/core/kernels/simd/backend.ts';
import { OutOfMemoryError } from '../../../src/core/kernels/spec/backend-failure.ts';
import { integers, numbers, startSimd } from './simd-fixture.ts';

let backend: SimdBackend;
beforeAll(async () => {
  registerRecurrentGradient();
  backend = await startSimd();
});

/** Loss and gradients of a recurrent layer over words, from JavaScript's memory. */
function step(): void {
  tf.tidy(() => {
    const random = (...shape: number[]) =>
      tf.tensor(numbers(1, tf.util.sizeFromShape(shape)), shape, 'float32');
    const ids = tf.tensor2d(integers(2, 60, 20), [6, 10], 'int32');
    const loss = (...[embeddings, kernel, recurrentKernel, bias]: tf.Tensor[]) => {
      const { h } = recurrent({
        input: { ids, embeddings: embeddings as tf.Tensor2D },
        kernel: kernel as tf.Tensor2D,
        recurrentKernel: recurrentKernel as tf.Tensor2D,
        bias,
        attrs: {
          cell: 'LSTM',
          activation: 'tanh',
          recurrentActivation: 'sigmoid',
          resetAfter: false,
          goBackwards: false,
        },
      });
      return h.square().mean() as tf.Scalar;
    };
    const weights = [random(20, 8), random(8, 32), random(8, 32), random(32)];
    withTape(() => tf.grads(loss)(weights));
  });
}

it('wherever its memory ends, the error is of its own kind and nothing stays behind', () => {
  const { heap } = backend;
  step();
  const tensors = tf.memory().numTensors;
  // All of what it may grow to: what is given back below is all there is.
  heap.free(heap.allocate(2 ** 30 - 2 ** 17));
  let room = 0;
  for (let failed = true; failed; room += 4096) {
    const rest = heap.allocate(room);
    const hog = heap.allocate(2 ** 30 - 2 ** 17 - room);
    heap.free(rest);
    const used = heap.used;
    try {
      step();
      failed = false;
    } catch (error) {
      expect(error, `${room} bytes`).toBeInstanceOf(OutOfMemoryError);
    }
    expect(heap.used - used, `bytes left behind after a step in ${room} bytes`).toBe(0);
    expect(tf.memory().numTensors, `tensors after a step in ${room} bytes`).toBe(tensors);
    heap.free(hog);
  }
  // The step needs some 20 times as much as the distance between two of these ends.
  expect(room).toBeGreaterThan(20 * 4096);
});
