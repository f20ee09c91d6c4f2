import { describe, expect, it, vi } from 'vitest';
import { interleave } from '../../bench/interleave.ts';
import { ratiosOf } from '../../bench/ratios.ts';
import type { Figure, Parts } from '../../bench/result.ts';
import { REVIEW_STEP, stepFlops } from '../../src/core/benchmark/shape.ts';
import { median, timing } from '../../src/core/benchmark/timing.ts';

describe('timing', () => {
  it('takes the middle one, or the mean of the middle two', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([10, 1, 2, 4])).toBe(3);
  });

  it('gives the spread, to a hundredth', () => {
    expect(timing([1.239, 5, 2.004])).toEqual({ medianMs: 2, minMs: 1.24, maxMs: 5, runs: 3 });
  });
});

describe('stepFlops', () => {
  it('counts every product of a step once forward and twice backward', () => {
    // x·W of 3 distinct words of 5 numbers, h·U of 2 rows × 4 timesteps × 6 units; 24 gates.
    const shape = { ...REVIEW_STEP, batch: 2, steps: 4, embedding: 5, units: 6 };
    const projections = 2 * 3 * 5 * 24;
    const recurrent = 2 * (2 * 4) * 6 * 24;
    expect(stepFlops(shape, 3)).toBe(3 * (projections + recurrent));
  });
});

describe('interleave', () => {
  it('runs all in turn, leaves out what fails, and says why', async () => {
    vi.spyOn(console, 'log').mockImplementation(() => {});
    const order: string[] = [];
    const entry = (what: string, milliseconds: number) => ({
      what,
      steps: 5,
      time: async () => {
        order.push(what);
        if (what === 'fails') throw new Error('no such kernel');
        return milliseconds;
      },
    });
    const figures = await interleave(
      {
        quick: { ...entry('quick', 1), repeats: 2 },
        fails: entry('fails', 0),
        slow: { ...entry('slow', 9), every: 2 },
        absent: undefined,
      },
      3,
    );
    expect(order.join(' ')).toBe('quick quick fails slow quick quick quick quick slow');
    expect(figures).toEqual({
      quick: { what: 'quick', steps: 5, timing: { medianMs: 1, minMs: 1, maxMs: 1, runs: 6 } },
      fails: { what: 'fails', steps: 5, failure: 'no such kernel' },
      slow: { what: 'slow', steps: 5, timing: { medianMs: 9, minMs: 9, maxMs: 9, runs: 2 } },
    });
  });
});

describe('ratiosOf', () => {
  const took = (medianMs: number): Figure => ({
    what: 'a step',
    steps: 500,
    timing: { medianMs, minMs: medianMs, maxMs: medianMs, runs: 1 },
  });
  const failed: Figure = { what: 'a step', steps: 500, failure: 'stopped after 120 s' };
  const parts: Parts = {
    cpu: {
      ...{
        simd: took(50),
        simdMasked: took(30),
        simdNode: took(50),
        simdOneThread: took(80),
        stockCpu: took(5000),
      },
      ...{ pytorch: took(120), pytorchThreads: took(100) },
    },
    stock: {
      ...{ simd: took(40), webgpu: took(100), webgl: failed, webglShort: took(20) },
      ...{ stockWebgpu: took(60_000), stockWebgl: failed, stockWebglShort: took(200) },
      ...{ simdShort: took(1), shippedCpuShort: took(5000), shippedCpu: failed, stockWasm: failed },
    },
  };

  it('is the speed of ours over theirs, and over the better of two', () => {
    const { ratios } = ratiosOf(parts, 0.8);
    expect(ratios).toEqual({
      simd_vs_repaired_cpu: 100,
      simd_vs_stock_best: 1500,
      simd_vs_pytorch_dense: 2,
      epoch_vs_pytorch: null,
      gemm_vs_peak: null,
      webgpu_vs_stock: 600,
      webgl_vs_stock: 10,
      gpu_vs_cudnn: 0.8,
    });
  });

  it('says why a ratio is missing, and of those alone', () => {
    const { stockCpu, ...rest } = parts.cpu!;
    const { notRun } = ratiosOf(
      { cpu: { ...rest, stockCpu: { ...stockCpu, ...failed, timing: undefined } } },
      null,
    );
    expect(notRun).toEqual({
      simd_vs_repaired_cpu: 'stopped after 120 s',
      simd_vs_stock_best: 'The part `stock` was not run.',
      epoch_vs_pytorch: 'The part `epoch` was not run.',
      gemm_vs_peak: 'The part `products` was not run.',
      webgpu_vs_stock: 'The part `stock` was not run.',
      webgl_vs_stock: 'The part `stock` was not run.',
      gpu_vs_cudnn: expect.stringMatching(/^There is no graphics card here/),
    });
  });
});
