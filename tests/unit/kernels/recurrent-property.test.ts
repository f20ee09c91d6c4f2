import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildSimd, SIMD_BUILDS } from '../../../scripts/simd.ts';
import { startBackend } from '../../../src/core/kernels/register.ts';
import { parity } from '../../browser/kernels/parity.ts';
import type { Case } from '../../browser/kernels/protocol.ts';
import { TOLERANCES } from '../../parity/tolerances.ts';
import { EDGE_CASES, IS_LONG, randomCases } from './random-cases.ts';
import { titleOf } from './recurrent-cases.ts';

/** The backend `cpu` is the reference itself in float32, so that a few cases tell. */
const RANDOM = {
  cpu: IS_LONG ? randomCases(40, 1e9) : randomCases(20, 1e7),
  simd: IS_LONG ? randomCases(200, Number.POSITIVE_INFINITY) : randomCases(40, 2e8),
};

const LONGEST = 1_200_000;

beforeAll(async () => {
  await buildSimd({ ifStale: true });
});

async function expectParity(one: Case, tolerance: number): Promise<void> {
  const { title, errors, leaked, leakedBytes, unstable } = await parity(one);
  const far = Object.entries(errors).filter(([, error]) => !(error <= tolerance));
  expect(Object.fromEntries(far), title).toEqual({});
  expect(unstable, `${title}: outputs of a second run`).toEqual([]);
  expect([leaked, leakedBytes], `${title}: tensors and bytes left behind`).toEqual([0, 0]);
}

describe.each(['cpu', 'simd'] as const)('%s agrees with the reference', (backend) => {
  const tolerance = TOLERANCES[backend];
  beforeAll(() => startBackend(backend, (build) => readFile(SIMD_BUILDS[build])));

  it.each(EDGE_CASES)('on %s', async (_, cases) => {
    for (const one of cases) await expectParity(one, tolerance);
  });

  it.each(RANDOM[backend].map((one) => [describeCase(one), one] as const))(
    'on %s',
    (_, one) => expectParity(one, tolerance),
    LONGEST,
  );
});

function describeCase({ attrs, shape, seed }: Case): string {
  return `seed ${seed}: ${titleOf(attrs)} ${JSON.stringify(shape)}`;
}
