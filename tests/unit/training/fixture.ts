import { readFile } from 'node:fs/promises';
import { SIMD_BUILDS } from '../../../scripts/simd.ts';
import { startBackend } from '../../../src/core/kernels/register.ts';

export * from './made-up.ts';

export function start(backend: 'simd' | 'cpu'): Promise<void> {
  return startBackend(backend, (build) => readFile(SIMD_BUILDS[build]));
}
