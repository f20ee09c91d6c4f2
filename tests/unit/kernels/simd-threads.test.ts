import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { readFile } from 'node:fs/promises';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startThread } from '../../../scripts/kernel-threads.ts';
import { SIMD_BUILDS } from '../../../scripts/simd.ts';
import { SIMD, type SimdBackend } from '../../../src/core/kernels/simd/backend.ts';
import { loadSimd } from '../../../src/core/kernels/simd/module.ts';
import { adamStep } from '../../../src/core/kernels/simd/optimizers.ts';
import { forSharedMemory } from '../../../src/core/kernels/simd/threads/shared-memory.ts';
import { threadCount } from '../../../src/core/kernels/simd/threads/recruit.ts';
import { split, splitByWork } from '../../../src/core/kernels/simd/threads/split.ts';
import { ThreadError } from '../../../src/core/kernels/simd/threads/team.ts';
import { cases, checkCase, LSTM, runCase } from './simd-recurrent-property.ts';
import { integers, loadBuild, numbers, relativeError, startSimd } from './simd-fixture.ts';

const THREADS = 3;
const readRelaxed = () => readFile(SIMD_BUILDS.relaxed);

beforeAll(() => loadBuild('relaxed'));

describe.each(['relaxed', 'plain', 'scalar'] as const)('kernels on threads, %s build', (build) => {
  let backend: SimdBackend;
  beforeAll(async () => {
    backend = await startSimd(build, THREADS);
  });

  it('start', () => expect(backend.team.size).toBe(THREADS));

  it('agree with the float64 reference on recurrent layers', () => {
    fc.assert(fc.property(cases({ batch: 40, steps: 30, units: 90 }), checkCase), {
      seed: 4,
      numRuns: build === 'relaxed' ? 25 : 10,
    });
    checkCase(LSTM);
  });

  it('give the same bits each time', () => {
    const run = () => runCase({ ...LSTM, steps: 12 }).flatMap((outputs) => Object.values(outputs));
    const bits = (values: Float32Array | Int32Array) => Buffer.from(values.buffer);
    const first = run().map(({ values }) => bits(values));
    for (let i = 0; i < 3; i++) {
      const again = run().map(({ values }) => bits(values));
      expect(again.every((value, j) => value.equals(first[j]!))).toBe(true);
    }
  });

  it.each([
    [301, 90, 130],
    [90, 301, 130],
  ])('agree with cpu on a product of %i × %i', async (m, n, k) => {
    const compute = () =>
      tf.tidy(() => {
        const a = (transposed: boolean) =>
          tf.tensor2d(numbers(1, m * k), transposed ? [k, m] : [m, k]);
        const b = (transposed: boolean) =>
          tf.tensor2d(numbers(2, k * n), transposed ? [n, k] : [k, n]);
        const bias = tf.tensor1d(numbers(3, n));
        return [
          tf.fused.matMul({ a: a(false), b: b(true), transposeB: true, bias }).dataSync(),
          tf.matMul(a(true), b(false), true).dataSync(),
        ];
      });
    const actual = compute();
    await tf.setBackend('cpu');
    const expected = compute();
    await tf.setBackend(SIMD);
    actual.forEach((values, i) => expect(relativeError(values, expected[i]!)).toBeLessThan(2e-6));
  });

  it('agree with one thread on tables and updates, to the bit', async () => {
    const [rows, width, count] = [20_001, 32, 20_000] as const;
    const compute = () =>
      tf.tidy(() => {
        const table = tf.variable(tf.tensor2d(numbers(1, rows * width), [rows, width]));
        const ids = tf.tensor1d(integers(2, count, rows), 'int32');
        const read = tf.gather(table, ids);
        const gradient = tf.unsortedSegmentSum(read, ids, rows) as tf.Tensor2D;
        const moment = () => tf.variable(tf.zerosLike(table), false);
        const state = { parameter: table, firstMoment: moment(), secondMoment: moment() };
        const rates = { learningRate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
        adamStep(state, gradient, rates, 1);
        return [read, gradient, table].map((tensor) => tensor.dataSync());
      });
    const together = compute();
    const { team } = backend;
    vi.spyOn(team, 'size', 'get').mockReturnValue(1);
    const alone = compute();
    vi.restoreAllMocks();
    together.forEach((values, i) => expect(values).toEqual(alone[i]));
  });
});

describe('loadSimd with threads', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('says why it computes on one thread where memory may not be shared', async () => {
    vi.stubGlobal('crossOriginIsolated', false);
    const { team, remark, heap } = await loadSimd(readRelaxed, { threads: { start: startThread } });
    expect([team.size, remark]).toEqual([1, expect.stringMatching(/may not share memory/)]);
    expect(heap.memory.buffer).toBeInstanceOf(ArrayBuffer);
  });

  it('computes on one thread when another does not start, and ends those that did', async () => {
    let started = 0;
    const stop = vi.fn<() => void>();
    const start = async () => {
      if (++started > 1) throw new Error('no more threads');
      return stop;
    };
    const { team, remark } = await loadSimd(readRelaxed, { threads: { start, count: 3 } });
    expect([team.size, remark]).toEqual([1, 'One thread: no more threads']);
    expect(stop).toHaveBeenCalledOnce();
  });

  it('goes on alone after a thread failed in a kernel', async () => {
    const { team, heap } = await loadSimd(readRelaxed, {
      threads: { start: startThread, count: 2 },
    });
    const beyond = heap.memory.buffer.byteLength;
    const good = heap.allocate(64);
    expect(() =>
      team.run('addArrays', [
        [4, 1, good, 0, good],
        [4, 1, beyond, 0, beyond],
      ]),
    ).toThrow(ThreadError);
    expect(team.size).toBe(1);
    heap.floats(good, 4).fill(1);
    team.run('addArrays', [[4, 1, good, 0, good]]);
    expect([...heap.floats(good, 4)]).toEqual([2, 2, 2, 2]);
    expect(() =>
      team.run('addArrays', [
        [0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0],
      ]),
    ).toThrow('2 parts for 1');
  });

  it('refuses a module that brings its own memory', () => {
    expect(() => forSharedMemory(Uint8Array.of(0, 97, 115, 109))).toThrow('imports no env.memory');
  });

  it('keeps a core for the page where there are more than two', () => {
    expect([1, 2, 3, 4, 8, 64].map((cores) => threadCount(cores))).toEqual([1, 2, 2, 3, 7, 8]);
  });
});

describe('split', () => {
  const covers = (parts: readonly { start: number; length: number }[], length: number): void => {
    let next = 0;
    for (const part of parts) {
      expect(part.start).toBe(next);
      next += part.length;
    }
    expect(next).toBe(length);
  };

  it('covers a range once, in multiples of the step', () => {
    const input = fc.tuple(
      fc.nat(1000),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 20 }),
    );
    fc.assert(
      fc.property(input, ([length, parts, step]) => {
        const result = split(length, parts, step);
        covers(result, length);
        expect(result.length).toBeLessThanOrEqual(parts);
        for (const { start } of result) expect(start % step).toBe(0);
      }),
      { seed: 5 },
    );
  });

  it('gives each part its share of the work, and enough rows', () => {
    const input = fc.tuple(
      fc.array(fc.nat(500), { minLength: 1, maxLength: 70 }),
      fc.integer({ min: 1, max: 9 }),
    );
    fc.assert(
      fc.property(input, ([work, parts]) => {
        const result = splitByWork(work, parts, 4);
        covers(result, work.length);
        expect(result.length).toBe(Math.max(1, Math.min(parts, Math.floor(work.length / 4))));
        if (result.length > 1)
          for (const { length } of result) expect(length).toBeGreaterThanOrEqual(4);
      }),
      { seed: 6 },
    );
    const lengths = splitByWork([10, 10, 10, 10, 10, 10, 90, 30, 30, 30, 30], 2, 4);
    expect(lengths.map(({ length }) => length)).toEqual([7, 4]);
  });
});
