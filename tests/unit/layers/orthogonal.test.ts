import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import '../../../src/core/layers/index.ts';
import { orthogonal } from '../../../src/core/layers/orthogonal.ts';
import { createRandom } from '../../../src/core/random.ts';

beforeAll(() => tf.setBackend('cpu'));

describe.each([
  ['wide', 16, 64],
  ['tall', 40, 8],
  ['square', 128, 128],
] as const)('a %s orthogonal matrix', (_, rows, columns) => {
  const matrix = tf.tensor2d(orthogonal(rows, columns, 2, createRandom(1)), [rows, columns]);

  it('has sides of the length of its gain, at right angles', () => {
    const wide = rows <= columns;
    const gram = tf.matMul(matrix, matrix, !wide, wide);
    const expected = tf.eye(Math.min(rows, columns)).mul(4);
    expect(gram.sub(expected).abs().max().dataSync()[0]).toBeLessThan(1e-5);
  });

  it('leans nowhere', () => {
    expect(Math.abs(matrix.mean().dataSync()[0]!)).toBeLessThan(0.05);
  });
});

describe('the Orthogonal initializer of TensorFlow.js', () => {
  it('is this one: quick, quiet, and the same for the same seed', () => {
    const warn = vi.spyOn(console, 'warn');
    const make = (seed: number) =>
      tf.initializers.orthogonal({ seed, gain: 1 }).apply([64, 256]).dataSync<'float32'>();
    expect(make(1)).toEqual(orthogonal(64, 256, 1, createRandom(1)));
    expect(make(2)).not.toEqual(make(1));
    expect(warn).not.toHaveBeenCalled();
  });

  it('says which shape it can’t fill', () => {
    expect(() => tf.initializers.orthogonal({}).apply([4])).toThrow('the shape is [4]');
  });
});
