import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { SIMD, type SimdBackend } from '../../../src/core/kernels/simd/backend.ts';
import { adamStep, rmsPropStep } from '../../../src/core/kernels/simd/optimizers.ts';
import { numbers, relativeError, startSimd } from './simd-fixture.ts';

const SIZE = 23;
/** Of the largest parameter, after five steps, against float64. */
const TOLERANCE = 5e-7;
const ADAM = { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
const RMSPROP = { learningRate: 0.01, rho: 0.9, epsilon: 1e-7 };

let backend: SimdBackend;
beforeAll(async () => {
  backend = await startSimd();
});

const variable = (values: Float32Array) => tf.tidy(() => tf.variable(tf.tensor1d(values)));
const zeros = () => variable(new Float32Array(SIZE));

describe('fused optimizers', () => {
  it('Adam follows Keras’s formula', () => {
    const start = numbers(1, SIZE);
    const state = { parameter: variable(start), firstMoment: zeros(), secondMoment: zeros() };
    const p = Float64Array.from(start);
    const m = new Float64Array(SIZE);
    const v = new Float64Array(SIZE);
    for (let t = 1; t <= 5; t++) {
      const g = numbers(10 + t, SIZE);
      const gradient = tf.tensor1d(g);
      adamStep(state, gradient, ADAM, t);
      gradient.dispose();
      const alpha = (ADAM.learningRate * Math.sqrt(1 - ADAM.beta2 ** t)) / (1 - ADAM.beta1 ** t);
      for (let i = 0; i < SIZE; i++) {
        m[i]! += (1 - ADAM.beta1) * (g[i]! - m[i]!);
        v[i]! += (1 - ADAM.beta2) * (g[i]! ** 2 - v[i]!);
        p[i]! -= (alpha * m[i]!) / (Math.sqrt(v[i]!) + ADAM.epsilon);
      }
    }
    expect(relativeError(state.parameter.dataSync<'float32'>(), p)).toBeLessThan(TOLERANCE);
    expect(relativeError(state.firstMoment.dataSync<'float32'>(), m)).toBeLessThan(TOLERANCE);
    tf.dispose(Object.values(state));
  });

  it('RMSprop follows Keras’s formula', () => {
    const start = numbers(2, SIZE);
    const state = { parameter: variable(start), meanSquare: zeros() };
    const p = Float64Array.from(start);
    const v = new Float64Array(SIZE);
    for (let t = 1; t <= 5; t++) {
      const g = numbers(20 + t, SIZE);
      const gradient = tf.tensor1d(g);
      rmsPropStep(state, gradient, RMSPROP);
      gradient.dispose();
      for (let i = 0; i < SIZE; i++) {
        v[i] = RMSPROP.rho * v[i]! + (1 - RMSPROP.rho) * g[i]! ** 2;
        p[i]! -= (RMSPROP.learningRate * g[i]!) / Math.sqrt(v[i]! + RMSPROP.epsilon);
      }
    }
    expect(relativeError(state.parameter.dataSync<'float32'>(), p)).toBeLessThan(TOLERANCE);
    tf.dispose(Object.values(state));
  });

  it('leaves tensors alone that share the parameter’s values', () => {
    const before = { ...tf.memory(), heap: backend.heap.used };
    const state = { parameter: variable(numbers(3, SIZE)), meanSquare: zeros() };
    const snapshot = state.parameter.clone();
    const values = snapshot.dataSync();
    const gradient = tf.tensor1d(numbers(4, SIZE));
    rmsPropStep(state, gradient, RMSPROP);
    expect(snapshot.dataSync()).toEqual(values);
    expect(state.parameter.dataSync()).not.toEqual(values);
    tf.dispose([...Object.values(state), snapshot, gradient]);
    expect(tf.memory().numTensors).toBe(before.numTensors);
    expect(backend.heap.used).toBe(before.heap);
  });

  it('refuses what does not fit', async () => {
    const state = { parameter: variable(numbers(5, SIZE)), meanSquare: zeros() };
    const adam = { parameter: state.parameter, firstMoment: zeros(), secondMoment: zeros() };
    const short = tf.tensor1d([1, 2]);
    expect(() => rmsPropStep(state, short, RMSPROP)).toThrow(
      'RMSPropStep: gradient is [2], but parameter is [23]',
    );
    expect(() => adamStep(adam, state.parameter, ADAM, 0)).toThrow(
      'iteration is 0, must be 1 or more',
    );
    await tf.setBackend('cpu');
    expect(() => rmsPropStep(state, state.parameter, RMSPROP)).toThrow(
      'need the simd backend, not cpu',
    );
    await tf.setBackend(SIMD);
    tf.dispose([...Object.values(adam), state.meanSquare, short]);
  });
});
