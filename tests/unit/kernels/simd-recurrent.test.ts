import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SimdBackend } from '../../../src/core/kernels/simd/backend.ts';
import { cases, checkCase, LSTM } from './simd-recurrent-property.ts';
import { startSimd } from './simd-fixture.ts';

let backend: SimdBackend;
beforeAll(async () => {
  backend = await startSimd('relaxed');
});

describe('recurrent kernels in SIMD', () => {
  it('agree with the float64 reference on small odd shapes', () => {
    fc.assert(fc.property(cases({ batch: 9, steps: 12, units: 19 }), checkCase), {
      seed: 1,
      numRuns: 400,
    });
  });

  it('agree with it on larger shapes', () => {
    fc.assert(fc.property(cases({ batch: 70, steps: 60, units: 130 }), checkCase), {
      seed: 2,
      numRuns: 12,
    });
  });

  it('agree with it on a real layer’s shape', () => checkCase(LSTM));

  it('leave nothing behind in the heap', () => {
    const before = backend.heap.used;
    checkCase({ ...LSTM, steps: 5 });
    checkCase({ ...LSTM, cell: 'GRU', resetAfter: true, steps: 5 });
    expect(backend.heap.used).toBe(before);
  });
});
