import { expect } from '@playwright/test';
import { test } from './kernels/harness.ts';
import type { Answers } from './kernels/protocol.ts';

/** Between two backends, after some steps. */
const TOLERANCE = 1e-4;

test.describe.configure({ mode: 'default' });
test.use({ worker: new URL('kernels/worker-engine.ts', import.meta.url).href });

/** Not a step is missing, and none differs from that of a run that nothing befell. */
function expectSameRun({ losses, expected, engine }: Answers['fallBack']): void {
  expect(engine.backend).toBe('simd');
  expect(losses).toHaveLength(expected.length);
  losses.forEach((loss, step) =>
    expect(Math.abs(loss - expected[step]!), `step ${step}`).toBeLessThan(TOLERANCE),
  );
}

test('a run that loses its WebGPU device goes on with SIMD', async ({ askAlone }) => {
  const run = await askAlone('fallBack', { from: 'webgpu', loses: 'device' });
  expectSameRun(run);
  expect(run.failure).toMatch(/^DeviceLostError: The WebGPU device is lost \(destroyed\)/);
  expect(run.engine.reason).toContain('The WebGPU device is lost');
  expect(run.refusal).toMatch(
    /^BackendError: The WebGPU engine can’t run here: The WebGPU device is lost/,
  );
});

test('a run that finds the GPU’s memory full goes on with SIMD', async ({ askAlone }) => {
  const run = await askAlone('fallBack', { from: 'webgpu', loses: 'memory' });
  expectSameRun(run);
  expect(run.failure).toBe('OutOfMemoryError: The GPU’s memory is full: no room for a buffer');
  expect(run.engine.reason).toContain('The GPU’s memory is full');
  expect(run.refusal).toBe('runs on webgpu');
});

test('a run that loses its WebGL context goes on with SIMD', async ({ askAlone }) => {
  const run = await askAlone('fallBack', { from: 'webgl', loses: 'device' });
  expectSameRun(run);
  expect(run.failure).toMatch(/^ContextLostError: .*the WebGL context is lost$/i);
  expect(run.refusal).toMatch(/^BackendError: The WebGL engine can’t run here: .* is lost/);
});
