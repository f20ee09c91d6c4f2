import { expect } from '@playwright/test';
import { EDGE_CASES, IS_LONG, randomCases } from '../../unit/kernels/random-cases.ts';
import { test } from './harness.ts';
import type { Ask } from './harness.ts';
import type { Case } from './protocol.ts';

/** An emulated graphics card takes about a second for the largest of these. */
const RANDOM = IS_LONG ? randomCases(60, Number.POSITIVE_INFINITY) : randomCases(16, 3e6);
/** The shorter run still sees a leak of a tensor or a byte a step. */
const STEPS = IS_LONG ? 1000 : 40;

/** Compares cases with the reference in float64. */
export async function expectParity(
  ask: Ask,
  cases: readonly Case[],
  tolerance: number,
): Promise<void> {
  const { results, complaints } = await ask('parity', { cases });
  expect(complaints.slice(0, 2)).toEqual([]);
  expect(results).toHaveLength(cases.length);
  for (const { title, errors, leaked, leakedBytes, unstable } of results) {
    const far = Object.entries(errors).filter(([, error]) => !(error <= tolerance));
    expect(Object.fromEntries(far), title).toEqual({});
    expect(unstable, `${title}: outputs of a second run`).toEqual([]);
    expect(leaked, `${title}: tensors left behind`).toBe(0);
    expect(leakedBytes, `${title}: bytes left behind on the GPU`).toBe(0);
  }
}

/** Tests of the whole range of sizes, of numbers at their limits, and of many steps. */
export function testRange(tolerance: number): void {
  if (IS_LONG) test.describe.configure({ timeout: 3_600_000 });

  for (const [name, cases] of EDGE_CASES) {
    test(`every cell agrees with the reference on ${name}`, ({ ask }) =>
      expectParity(ask, cases, tolerance));
  }

  test(`${RANDOM.length} cases of any size and kind agree with the reference`, async ({ ask }) => {
    for (const one of RANDOM) await expectParity(ask, [one], tolerance);
  });

  test(`${STEPS} training steps leave no tensor, buffer or texture behind`, async ({ ask }) => {
    const [before, after] = await ask('hold', { steps: STEPS });
    expect(after).toEqual(before);
  });
}
