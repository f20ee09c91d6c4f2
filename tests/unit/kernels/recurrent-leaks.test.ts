import { readFile } from 'node:fs/promises';
import { beforeAll, expect, it } from 'vitest';
import { buildSimd, SIMD_BUILDS } from '../../../scripts/simd.ts';
import { startBackend } from '../../../src/core/kernels/register.ts';
import { trainAndHold } from './held-memory.ts';

const STEPS = 1000;

beforeAll(async () => {
  await buildSimd({ ifStale: true });
});

it.each(['cpu', 'simd'] as const)(
  `on %s, ${STEPS} training steps leave no tensor and no byte behind`,
  async (backend) => {
    await startBackend(backend, (build) => readFile(SIMD_BUILDS[build]));
    const [before, after] = await trainAndHold(STEPS);
    expect(after).toEqual(before);
  },
);
