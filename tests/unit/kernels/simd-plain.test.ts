import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { SimdBackend } from '../../../src/core/kernels/simd/backend.ts';
import { cases, checkCase } from './simd-recurrent-property.ts';
import { startSimd } from './simd-fixture.ts';

let backend: SimdBackend;
beforeAll(async () => {
  backend = await startSimd('plain');
});

it('agrees with the float64 reference without fused multiply-add', () => {
  expect(backend.run.gemm).toBeTypeOf('function');
  fc.assert(fc.property(cases({ batch: 9, steps: 12, units: 19 }), checkCase), {
    seed: 3,
    numRuns: 150,
  });
});
