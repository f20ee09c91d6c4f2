import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { bestBuild } from '../../../src/core/kernels/simd/best-build.ts';
import { cases, checkCase } from './simd-recurrent-property.ts';
import { startSimd } from './simd-fixture.ts';

// `simd-recurrent.test.ts` has the relaxed build.
describe.each(['plain', 'scalar'] as const)('recurrent kernels, %s build', (build) => {
  beforeAll(async () => {
    await startSimd(build);
  });

  it('agree with the float64 reference', () => {
    fc.assert(fc.property(cases({ batch: 9, steps: 12, units: 19 }), checkCase), {
      seed: 3,
      numRuns: 150,
    });
  });
});

describe('bestBuild', () => {
  /** Prefixes of the instructions beyond the first version of WebAssembly. */
  const [BULK, VECTOR, RELAXED] = [/252,11/, /253,15/, /253,133,2/];
  const without =
    (...unknown: RegExp[]) =>
    (bytes: Uint8Array<ArrayBuffer>) =>
      WebAssembly.validate(bytes) && !unknown.some((code) => code.test(String(bytes)));

  it('takes the fastest that the engine knows all instructions of', () => {
    expect(bestBuild()).toBe('relaxed');
    expect(bestBuild(without(RELAXED))).toBe('plain');
    expect(bestBuild(without(RELAXED, VECTOR))).toBe('scalar');
    expect(bestBuild(without(RELAXED, VECTOR, BULK))).toBeUndefined();
  });
});
