import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './site.ts';

/** A step that even an emulated graphics card takes in a second or two. */
const TINY = 'bench/?words=3&rounds=2';

interface Step {
  readonly layers: string;
  readonly backend: string;
  readonly words: number;
  readonly timing: { medianMs: number; minMs: number; maxMs: number; runs: number };
  readonly gigaflops: number;
  readonly speedOverTensorFlowJs?: number;
}

const status = (page: Page) => page.locator('bench-run [data-part="status"]');
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('a reader runs the benchmark, and its figures are real', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(TINY);
  await button(page, 'Run').click();
  await expect(status(page)).toHaveText('Finished.', { timeout: 150_000 });

  await button(page, 'Copy result').click();
  await expect(status(page)).toHaveText('The result is on the clipboard.');
  const result = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
  expect(result.browser).toBe(await page.evaluate(() => navigator.userAgent));
  expect(result.machine.cores).toBeGreaterThan(0);
  expect(result.engines.webgpu.detail).toBe('WebGPU is only emulated by the processor.');
  expect(result.simd.build).toBe('relaxed');
  expect(result.simd.threads).toBeGreaterThan(0);
  const steps = result.steps as Step[];
  expect(steps.map(({ layers, backend }) => `${layers} ${backend}`)).toEqual([
    'fused webgpu',
    'stock webgpu',
    'fused webgl',
    'stock webgl',
    'fused simd',
    'fused cpu',
    'stock cpu',
  ]);
  for (const { layers, backend, words, timing, gigaflops, speedOverTensorFlowJs } of steps) {
    const what = `${layers} ${backend}`;
    expect(words, what).toBe(3);
    expect(timing.runs, what).toBe(2);
    expect(timing.minMs, what).toBeGreaterThan(0);
    expect(timing.medianMs, what).toBeCloseTo((timing.minMs + timing.maxMs) / 2, 1);
    expect(gigaflops, what).toBeGreaterThan(0);
    const theirs = steps.find(
      (step) => step.layers === 'stock' && step.backend === (backend === 'simd' ? 'cpu' : backend),
    )!;
    const speed = layers === 'fused' ? theirs.timing.medianMs / timing.medianMs : undefined;
    expect(speedOverTensorFlowJs, what).toBe(speed);
  }
  // Equal work on one machine: GFLOP/s are in the inverse ratio of the times.
  const work = steps.map(({ timing, gigaflops }) => timing.medianMs * gigaflops);
  for (const product of work) expect(product).toBeCloseTo(work[0]!, 6);

  const rows = page.locator('bench-run tbody tr');
  await expect(rows).toHaveCount(steps.length);
  await expect(rows.first()).toHaveText(/^WebGPU, ours, 3 words/);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});

test('Stop ends a step in the middle, and the benchmark can run again', async ({ page }) => {
  await page.goto('bench/?words=500&rounds=9');
  await page.keyboard.press('Tab');
  await button(page, 'Run').focus();
  await page.keyboard.press('Enter');
  await expect(button(page, 'Stop')).toBeFocused();
  await expect(status(page)).toHaveText(/^Round 1 of 9/, { timeout: 60_000 });
  await page.keyboard.press('Enter');
  await expect(status(page)).toHaveText('Stopped. What was measured stays.');
  await expect(button(page, 'Run')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(status(page)).toHaveText(/^Round 1 of 9/, { timeout: 60_000 });
  await button(page, 'Stop').click();
});

test('an address that asks for nonsense gets a clear answer', async ({ page }) => {
  await page.goto('bench/?rounds=many');
  await button(page, 'Run').click();
  await expect(page.locator('bench-run [data-part="problem"]')).toHaveText(
    'In this page’s address, rounds is “many”, but must be a whole number from 1 to 100.',
  );
});
