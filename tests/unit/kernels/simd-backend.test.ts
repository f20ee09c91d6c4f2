import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerRecurrentCpu } from '../../../src/core/kernels/cpu/recurrent.ts';
import { registerRecurrentGradient } from '../../../src/core/kernels/gradients/recurrent.ts';
import { recurrent } from '../../../src/core/kernels/ops/recurrent.ts';
import { SIMD, type SimdBackend } from '../../../src/core/kernels/simd/backend.ts';
import { integers, numbers, relativeError, startSimd } from './simd-fixture.ts';

/** Against tfjs's own CPU kernels. */
const TOLERANCE = 2e-6;

let backend: SimdBackend;
beforeAll(async () => {
  registerRecurrentCpu();
  registerRecurrentGradient();
  backend = await startSimd();
});

/** Runs on both backends and compares; nothing may stay behind in the heap. */
async function compare(run: () => tf.Tensor): Promise<void> {
  const compute = () =>
    tf.tidy(() => {
      const y = run();
      return { shape: y.shape, dtype: y.dtype, values: y.dataSync<'float32'>() };
    });
  await tf.setBackend('cpu');
  const expected = compute();
  await tf.setBackend(SIMD);
  const before = backend.heap.used;
  const actual = compute();
  expect(backend.heap.used, 'bytes left in the heap').toBe(before);
  expect(actual.shape).toEqual(expected.shape);
  expect(actual.dtype).toBe(expected.dtype);
  const error = relativeError(actual.values, expected.values);
  expect(error, `off by ${error} of the largest number`).toBeLessThan(TOLERANCE);
}

const random = (...shape: number[]) =>
  tf.tensor(numbers(1, tf.util.sizeFromShape(shape)), shape, 'float32');

describe('kernels of the simd backend agree with cpu’s', () => {
  const A = () => random(3, 5, 7);
  const cases: Record<string, () => tf.Tensor> = {
    'matMul of matrices': () => tf.matMul(random(13, 9), random(9, 21)),
    'matMul transposed': () => tf.matMul(random(9, 13), random(21, 9), true, true),
    'matMul of batches': () => tf.matMul(A(), random(3, 7, 4)),
    'matMul of a batch and one matrix': () => tf.matMul(A(), random(1, 7, 4)),
    'matMul of a matrix and a batch': () => tf.matMul(random(1, 6, 5), A()),
    'matMul of integers': () => tf.matMul(random(4, 3).toInt(), random(3, 2).toInt()),
    'sum of two tensors': () => random(3, 7).add(random(3, 7)),
    'sum of a tensor and a row': () => random(3, 7).add(random(7)),
    'halves beside each other': () => tf.concat([random(3, 2, 5), random(3, 2, 3)], 2),
    'rows below each other': () => tf.concat([random(3, 5), random(2, 5)], 0),
    'one half of three columns': () => tf.split(random(3, 4, 9), [2, 3, 4], 2)[1]!,
    'one of equal parts': () => tf.split(random(4, 9), 3, 1)[2]!,
    'one half of the rows': () => tf.split(random(6, 5), [2, 4], 0)[1]!,
    'matMul of nothing': () => tf.matMul(random(0, 3), random(3, 2)),
    'dense layer with bias': () =>
      tf.fused.matMul({ a: random(9, 5), b: random(5, 6), bias: random(6) }),
    'dense layer with a bias for each row': () =>
      tf.fused.matMul({ a: random(9, 5), b: random(5, 6), bias: random(9, 1) }),
    'dense layer with sigmoid': () =>
      tf.fused.matMul({ a: random(9, 5), b: random(5, 6), bias: random(6), activation: 'sigmoid' }),
    'dense layer with relu': () =>
      tf.fused.matMul({ a: random(9, 5), b: random(5, 6), activation: 'relu' }),
    'dense layer with leakyrelu': () =>
      tf.fused.matMul({ a: random(9, 5), b: random(5, 6), activation: 'leakyrelu' }),
    'gather of rows': () =>
      tf.gather(random(50, 7), tf.tensor2d(integers(2, 12, 50), [3, 4], 'int32')),
    'gather of columns': () => tf.gather(random(5, 7), tf.tensor1d([6, 0, 2], 'int32'), 1),
    'gather of a table by itself': () => {
      const ids = tf.tensor1d([2, 0, 1], 'int32');
      return tf.gather(ids.cast('float32'), ids);
    },
    'transpose of a matrix': () => tf.transpose(random(13, 22)),
    'transpose of three axes': () => tf.transpose(A(), [2, 0, 1]),
    'transpose that changes nothing': () => tf.transpose(A(), [0, 1, 2]),
    'slice of the last step': () => A().slice([0, 4, 0], [3, 1, 7]),
    'slice of some rows': () => random(9, 5).slice([2, 1], [4, -1]),
    'slice of a vector': () => random(9).slice(3, 4),
    'slice inside of four axes': () => random(3, 4, 5, 6).slice([1, 0, 2, 1], [2, 3, 2, 4]),
    'slice of integers': () => tf.range(0, 9, 1, 'int32').slice(2, 3),
    'pad with zeros': () =>
      A().pad([
        [1, 0],
        [0, 2],
        [3, 1],
      ]),
    'pad of four axes': () =>
      random(2, 3, 2, 2).pad([
        [0, 1],
        [2, 0],
        [1, 1],
        [0, 2],
      ]),
    'pad with ones': () =>
      A().pad(
        [
          [1, 0],
          [0, 2],
          [3, 1],
        ],
        1,
      ),
    'sum of all': () => tf.sum(A()),
    'sum over leading axes': () => tf.sum(A(), [0, 1]),
    'sum over leading axes that stay': () => tf.sum(A(), [1, 0], true),
    'sum over the last axis': () => tf.sum(A(), 2),
    'sum over no axis': () => tf.sum(A(), []),
    'sum of integers': () => tf.sum(tf.tensor1d([1, 2, 3], 'int32')),
    sigmoid: () => tf.sigmoid(A().mul(20)),
    tanh: () => tf.tanh(A().mul(3)),
    'tanh of nothing': () => tf.tanh(random(0)),
  };
  it.each(Object.keys(cases))('%s', (name) => compare(cases[name]!));

  it('unsortedSegmentSum, which cpu’s own does the slow way', () =>
    compare(() => {
      const ids = tf.tensor1d([0, 4, 4, 2, -1, 0], 'int32');
      return tf.unsortedSegmentSum(random(6, 11), ids, 6);
    }));

  it('the gradient of an embedding', () =>
    compare(() => {
      const ids = tf.tensor1d([3, 1, 3], 'int32');
      const loss = (table: tf.Tensor) => tf.gather(table, ids).square().sum() as tf.Scalar;
      return tf.grad(loss)(random(5, 6));
    }));
});

describe('gradients through a recurrent layer agree with cpu’s', () => {
  const attrs = {
    activation: 'tanh',
    recurrentActivation: 'sigmoid',
    resetAfter: true,
    goBackwards: true,
  } as const;
  const argument = { embeddings: 0, kernel: 1, recurrentKernel: 2, bias: 3 };

  for (const [cell, gates] of [
    ['SimpleRNN', 1],
    ['GRU', 3],
    ['LSTM', 4],
  ] as const) {
    it.each(Object.entries(argument))(`${cell}: %s`, (_, position) =>
      compare(() => {
        const ids = tf.tensor2d(integers(3, 24, 11), [4, 6], 'int32');
        const mask = tf.tensor2d(integers(4, 24, 2), [4, 6], 'int32');
        const loss = (...[embeddings, kernel, recurrentKernel, bias]: tf.Tensor[]) => {
          const { h } = recurrent({
            input: { ids, embeddings: embeddings as tf.Tensor2D },
            kernel: kernel as tf.Tensor2D,
            recurrentKernel: recurrentKernel as tf.Tensor2D,
            bias,
            mask,
            attrs: { cell, ...attrs },
          });
          return h.square().sum();
        };
        const width = gates * 5;
        const bias = cell === 'GRU' ? random(2, width) : random(width);
        const weights = [random(11, 3), random(3, width), random(5, width), bias];
        return tf.grads(loss)(weights)[position]!;
      }),
    );
  }
});

describe('simd backend', () => {
  it('says which index is not in the table', () => {
    const ids = tf.tensor1d([0, 7], 'int32');
    expect(() => tf.gather(random(5, 6), ids)).toThrow('index 7 at 1, but the table has 5 rows');
    expect(() => tf.unsortedSegmentSum(random(2, 6), ids, 3)).toThrow(
      'id 7 at row 1, but 3 segments',
    );
  });

  it('gives values that stay what they were', () => {
    const y = tf.tidy(() => tf.tanh(tf.tensor1d([1, 2, 3])));
    const values = y.dataSync();
    y.dispose();
    tf.tidy(() => tf.tanh(tf.tensor1d([7, 8, 9])).dataSync());
    expect([...values]).toEqual([...Float32Array.of(1, 2, 3).map(Math.tanh)].map(closeTo));
  });

  it('gives a stock kernel’s slice values of its own', () => {
    const y = tf.tidy(() => tf.tanh(tf.tensor1d([1, 2, 3])));
    const tail = y.slice(1);
    y.dispose();
    tf.tidy(() => tf.tanh(tf.tensor1d([7, 8, 9])).dataSync());
    expect([...tail.dataSync()]).toEqual([2, 3].map((x) => closeTo(Math.tanh(x))));
    tail.dispose();
  });

  it('keeps tensors over the growth of its memory', () => {
    const y = tf.tidy(() => tf.tanh(tf.tensor1d([1, 2, 3])));
    // A stock kernel has made a view of it.
    tf.tidy(() => y.add(1).dataSync());
    const { byteLength } = backend.heap.memory.buffer;
    tf.tidy(() => tf.tanh(tf.zeros([byteLength / 4])));
    expect(backend.heap.memory.buffer.byteLength).toBeGreaterThan(byteLength);
    const sum = tf.tidy(() => y.add(1).dataSync());
    expect([...sum]).toEqual([1, 2, 3].map((x) => closeTo(Math.tanh(x) + 1)));
    y.dispose();
  });

  it('frees shared values with the last tensor', () => {
    const before = backend.heap.used;
    const y = tf.tidy(() => tf.tanh(tf.tensor1d([1, 2, 3])));
    const shared = y.reshape([3, 1]);
    y.dispose();
    expect(shared.dataSync()[2]).toBeCloseTo(Math.tanh(3));
    expect(backend.heap.used).toBeGreaterThan(before);
    shared.dispose();
    expect(backend.heap.used).toBe(before);
  });

  it('hands tensors over to another backend', async () => {
    const before = backend.heap.used;
    const y = tf.tidy(() => tf.tanh(tf.tensor1d([1, 2, 3])));
    await tf.setBackend('cpu');
    expect(tf.tidy(() => y.add(1).dataSync())[0]).toBeCloseTo(Math.tanh(1) + 1);
    await tf.setBackend(SIMD);
    y.dispose();
    expect(backend.heap.used).toBe(before);
  });
});

function closeTo(x: number): unknown {
  return expect.closeTo(x, 5);
}
