import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerPoolCpu } from '../../../src/core/kernels/cpu/pool-over-time.ts';
import { registerPoolGradient } from '../../../src/core/kernels/gradients/pool-over-time.ts';
import { poolOverTime } from '../../../src/core/kernels/ops/pool-over-time.ts';
import { POOL_FORWARD } from '../../../src/core/kernels/spec/pool-contract.ts';
import type { PoolAttrs } from '../../../src/core/kernels/spec/pool-contract.ts';
import { numbers, relativeError, startSimd } from './simd-fixture.ts';

const [BATCH, STEPS, UNITS] = [4, 7, 5];

/** The last row has no timestep at all. */
const mask = tf.tensor2d(
  Array.from({ length: BATCH * STEPS }, (_, i) =>
    i >= (BATCH - 1) * STEPS ? 0 : Number(i % 3 > 0),
  ),
  [BATCH, STEPS],
  'int32',
);

beforeAll(async () => {
  await tf.setBackend('cpu');
  registerPoolCpu();
  registerPoolGradient();
  await startSimd();
});

function valueAndGradient(attrs: PoolAttrs, x: tf.Tensor3D): [Float32Array, Float32Array] {
  const weights = tf.tensor2d(numbers(2, BATCH * UNITS), [BATCH, UNITS]);
  const { value, grad } = tf.valueAndGrad((input: tf.Tensor) =>
    poolOverTime(input as tf.Tensor3D, mask, attrs)
      .mul(weights)
      .sum(),
  )(x);
  const y = poolOverTime(x, mask, attrs);
  expect(value.dataSync()[0]).toBeCloseTo(y.mul(weights).sum().dataSync()[0]!, 5);
  return [y.dataSync<'float32'>(), grad.dataSync<'float32'>()];
}

describe.each(['cpu', 'simd'])('pooling over time on %s', (backend) => {
  it.each(['max', 'average'] as const)(
    '%s agrees with TensorFlow.js’s own operations',
    async (mode) => {
      await tf.setBackend(backend);
      const x = tf.tensor3d(numbers(1, BATCH * STEPS * UNITS), [BATCH, STEPS, UNITS]);
      const ours = valueAndGradient({ mode }, x);
      const kernel = tf.getKernel(POOL_FORWARD, backend)!;
      tf.unregisterKernel(POOL_FORWARD, backend);
      const stock = valueAndGradient({ mode }, x);
      tf.registerKernel(kernel);
      expect(relativeError(ours[0], stock[0])).toBeLessThan(1e-6);
      expect(relativeError(ours[1], stock[1])).toBeLessThan(1e-6);
      expect([...ours[0].slice(-UNITS)]).toEqual([0, 0, 0, 0, 0]);
    },
  );
});

it('takes the first of equal maxima, also below zero', async () => {
  await tf.setBackend('cpu');
  const x = tf.tensor3d([-3, -2, -2, -9], [1, 4, 1]);
  const all = tf.ones<tf.Rank.R2>([1, 4]);
  const gradient = tf.grad((input: tf.Tensor) =>
    poolOverTime(input as tf.Tensor3D, all, { mode: 'max' }).sum(),
  );
  expect(poolOverTime(x, all, { mode: 'max' }).dataSync()[0]).toBe(-2);
  expect([...gradient(x).dataSync()]).toEqual([0, 1, 0, 0]);
});

it('names a mask that does not fit', () => {
  const x = tf.zeros<tf.Rank.R3>([2, 3, 4]);
  expect(() => poolOverTime(x, tf.zeros([2, 4]), { mode: 'max' })).toThrow(
    'pooling: mask is [2,4], must be [2,3]',
  );
});
