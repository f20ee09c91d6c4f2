import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { SIMD_BUILDS } from '../../../scripts/simd.ts';
import { startBackend } from '../../../src/core/kernels/register.ts';
import { SimdBackend } from '../../../src/core/kernels/simd/backend.ts';

const toHeap = (tensor: tf.Tensor): void => {
  const backend = tf.backend();
  if (!(backend instanceof SimdBackend)) throw new TypeError('not the simd backend');
  backend.address(tensor);
};

describe('casts on the simd backend', () => {
  beforeAll(() => startBackend('simd', (build) => readFile(SIMD_BUILDS[build])));

  // tfjs gives the cast tensor the same values as the first: each must still read its own.
  it.each([
    ['int32', 'float32'],
    ['bool', 'int32'],
    ['bool', 'float32'],
  ] as const)('%s as %s keeps its numbers in the heap, in either order', (from, to) => {
    const numbers = [0, 1, 1, 0, 1];
    const source = tf.tensor1d(numbers, from);
    const cast = source.cast(to);
    toHeap(cast);
    expect([...cast.dataSync()]).toEqual(numbers);
    expect([...source.cast('int32').add(1).dataSync()]).toEqual([1, 2, 2, 1, 2]);
    const again = source.cast('int32');
    toHeap(again);
    toHeap(cast);
    expect([...cast.mul(tf.scalar(2)).dataSync()]).toEqual([0, 2, 2, 0, 2]);
    expect([...again.dataSync()]).toEqual(numbers);
  });

  it('sums a matrix product of cast numbers', () => {
    const a = tf.tensor2d([1, 2, 3, 4], [2, 2], 'int32').cast('float32');
    expect([...tf.matMul(a, a).dataSync()]).toEqual([7, 10, 15, 22]);
  });

  it('refuses a type that it has no room for', () => {
    expect(() => toHeap(tf.tensor1d(['a'], 'string'))).toThrow('not string');
  });
});
