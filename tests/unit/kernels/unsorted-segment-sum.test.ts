import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  registerUnsortedSegmentSum,
  unsortedSegmentSum,
} from '../../../src/core/kernels/cpu/unsorted-segment-sum.ts';

const cases = fc
  .record({
    rows: fc.integer({ min: 1, max: 20 }),
    width: fc.integer({ min: 1, max: 5 }),
    segments: fc.integer({ min: 1, max: 8 }),
    seed: fc.nat(),
  })
  .map(({ rows, width, segments, seed }) => ({
    width,
    segments,
    ids: Array.from({ length: rows }, (_, i) => (seed + i * i * 7) % segments),
    x: Array.from({ length: rows * width }, (_, i) => Math.fround(Math.sin(seed + i))),
  }));

describe('unsortedSegmentSum', () => {
  it('adds rows up by segment', () => {
    const x = [1, 2, 3, 4, 5, 6];
    expect([...unsortedSegmentSum(x, [1, 0, 1], 3)]).toEqual([3, 4, 6, 8, 0, 0]);
  });

  it('skips negative ids and refuses ids beyond the segments', () => {
    expect([...unsortedSegmentSum([1, 2], [-1, 0], 1)]).toEqual([2]);
    expect(() => unsortedSegmentSum([1, 2], [0, 3], 3)).toThrow('id 3 at row 1, but 3 segments');
  });
});

describe('as a kernel of the cpu backend', () => {
  const sum = ({
    x,
    ids,
    width,
    segments,
  }: {
    x: number[];
    ids: number[];
    width: number;
    segments: number;
  }) =>
    tf.tidy(() => [
      ...tf
        .unsortedSegmentSum(
          tf.tensor2d(x, [ids.length, width]),
          tf.tensor1d(ids, 'int32'),
          segments,
        )
        .dataSync(),
    ]);

  beforeAll(() => tf.setBackend('cpu'));

  it('agrees with the stock kernel', () => {
    const samples = fc.sample(cases, { seed: 1, numRuns: 50 });
    const stock = samples.map(sum);
    registerUnsortedSegmentSum();
    samples.map(sum).forEach((ours, i) => {
      ours.forEach((value, j) =>
        expect(value, `case ${i}, cell ${j}`).toBeCloseTo(stock[i]![j]!, 5),
      );
    });
  });

  it('gives the gradient of an embedding look-up', () => {
    registerUnsortedSegmentSum();
    const table = tf.ones([4, 3]);
    const ids = tf.tensor2d(
      [
        [0, 2, 2],
        [2, 3, 0],
      ],
      [2, 3],
      'int32',
    );
    const gradient = tf.grad((weights: tf.Tensor) => tf.gather(weights as tf.Tensor2D, ids).sum())(
      table,
    );
    expect([...gradient.dataSync()]).toEqual([2, 2, 2, 0, 0, 0, 3, 3, 3, 1, 1, 1]);
  });
});
