import type { Page } from '@playwright/test';
import { expect, QUICK, runStatus, test } from './site.ts';

const part = (page: Page, name: string) => page.locator(`lab-inside [data-part="${name}"]`);
const settings = (changes: Record<string, string>): string =>
  new URLSearchParams([...new URLSearchParams(QUICK), ...Object.entries(changes)]).toString();

/** 200 steps of a GRU of 8 units on 20 words, whose gradient is cut to one size in every number. */
const CLIPPED = settings({ 'training.clipping': 'clipvalue', 'training.clip': '0.00001' });

async function train(page: Page, query: string): Promise<void> {
  const epochs = query.replace('training.epochs=1', 'training.epochs=4');
  await page.goto(`lab/?${epochs}`);
  await page.getByText('Look inside while it trains').click();
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(runStatus(page)).toHaveText(/^Finished/, { timeout: 60_000 });
}

test('an open fold shows gradients, angle, norms, spectral radii and a pinned review', async ({
  page,
}) => {
  await train(page, CLIPPED);
  // Every tenth of 200 steps, from the first.
  await expect(part(page, 'step')).toHaveText('191');
  await expect(part(page, 'share')).toHaveText('100.0\u202f%');
  const angle = Number.parseFloat((await part(page, 'angle').textContent())!);
  expect(angle, 'degrees between raw and clipped gradient').toBeGreaterThan(5);
  expect(angle).toBeLessThan(90);
  const rows = part(page, 'norms').locator('tr');
  await expect(rows.locator('th')).toHaveText([
    'embedding/embeddings',
    'recurrent_1/kernel',
    'recurrent_1/recurrent_kernel',
    'recurrent_1/bias',
    'logit/kernel',
    'logit/bias',
  ]);
  const cells = await rows.nth(2).locator('td').allTextContents();
  const [raw, clipped, weights, update, share] = cells.map(Number) as number[];
  // 8 × 24 numbers, none above the limit: the norm is at most that of a matrix full of it, rounded.
  expect(clipped).toBeGreaterThan(0);
  expect(clipped).toBeLessThan(1.05 * 0.00001 * Math.sqrt(8 * 24));
  expect(raw).toBeGreaterThan(clipped!);
  expect(share! / (update! / weights!)).toBeCloseTo(1, 1);
  await expect(part(page, 'gradients')).toContainText('recurrent_1');
  for (const gate of ['z', 'r', 'g']) {
    await expect(part(page, 'radii')).toContainText(`recurrent_1, ${gate}`);
  }
  await expect(part(page, 'pinned')).toHaveText(/row \d+ of the data set, (positive|negative)/);
  await expect(part(page, 'activations').getByLabel(/8 units over 20 timesteps/)).toBeVisible();
  await part(page, 'quantity').selectOption('recurrent_1: Update gate z');
  await expect(part(page, 'activations').getByLabel(/8 units over 20 timesteps/)).toBeVisible();
});

test('a closed fold asks for nothing, and opens in the middle of a run', async ({ page }) => {
  await page.goto(`lab/?${QUICK.replace('training.epochs=1', 'training.epochs=100')}`);
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(page.locator('lab-run [data-part="loss"]')).not.toHaveText('–');
  await expect(part(page, 'step')).toHaveText('–');
  const summary = page.getByText('Look inside while it trains');
  await summary.click();
  await expect(part(page, 'step')).not.toHaveText('–');
  await expect(part(page, 'activations').getByLabel(/8 units over 20 timesteps/)).toBeVisible();
  const before = await part(page, 'pinned').textContent();
  await page.getByRole('button', { name: 'Another review' }).click();
  await expect(part(page, 'pinned')).not.toHaveText(before!);
  await summary.click();
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(runStatus(page)).toHaveText(/^Stopped/);
});
