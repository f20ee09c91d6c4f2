import type { Page } from '@playwright/test';
import { outputOf, run } from './notebook.ts';
import { expect, test } from './site.ts';

test.beforeEach(({ page }) => page.goto('lessons/vanishing-and-exploding-gradients/'));

const radius = (page: Page) => page.getByLabel('Spectral radius of U');

/** Sets the slider and waits for the worker's answer. */
async function setRadius(page: Page, value: string): Promise<string> {
  const figure = page.locator('radius-figure');
  await radius(page).fill(value);
  await expect(figure.locator('[data-part="state"]')).toHaveText(
    `Computed on your machine, at a radius of ${Number(value).toFixed(2)}.`,
    { timeout: 30_000 },
  );
  return figure.locator('[data-part="radius-text"]').innerText();
}

test('the radius decides, and without activation nothing else does', async ({ page }) => {
  const figure = page.locator('radius-figure');
  await expect(figure.locator('[data-part="radius-text"]'), 'before any script').toContainText(
    'shrinks to 1/',
  );
  await figure.scrollIntoViewIfNeeded();
  await expect(figure.locator('.plot')).toHaveCount(2);
  await figure.getByText('none', { exact: true }).click();
  expect(await setRadius(page, '1')).toContain('keeps about its size');
  // 1.3 to the power of 99 is 1.9·10¹¹, and 0.5 to the power of 99 is 1/6.3·10²⁹.
  expect(await setRadius(page, '1.3')).toMatch(/grows (1\.9|2\.0|1\.8)·10¹¹ times/);
  expect(await setRadius(page, '0.5')).toMatch(/shrinks to 1\/(6\.[234])·10²⁹/);
  await figure.getByText('tanh', { exact: true }).click();
  expect(await setRadius(page, '2')).toContain('grows');
});

test('three cells under the microscope, and back to any step', async ({ page }) => {
  const race = page.locator('training-race');
  const step = race.getByLabel('Look at step');
  const rows = race.locator('[data-part="microscope-rows"] tbody tr');
  const reach = async (name: string): Promise<number> =>
    Number.parseInt(await rows.filter({ hasText: name }).locator('td').nth(2).innerText(), 10);
  await expect(step).toBeDisabled();
  await race.getByRole('button', { name: 'Train all three' }).click();
  await expect(race.locator('[data-part="race-status"]')).toHaveText('Finished.', {
    timeout: 90_000,
  });
  await expect(rows).toHaveCount(3);

  const scale = (await race.locator('.plot-gradient .plot-legend').textContent())!;
  await page.getByRole('button', { name: 'Step 1', exact: true }).click();
  await expect(step).toHaveValue('1');
  expect(await reach('SimpleRNN'), 'filled from end to end').toBe(100);
  expect(await reach('LSTM')).toBeLessThan(36);
  expect(await reach('GRU')).toBeLessThan(36);

  await page.getByRole('button', { name: 'Step 50', exact: true }).click();
  const simple = await reach('SimpleRNN');
  expect(simple, 'turned over').toBeLessThan(36);
  expect(await reach('LSTM')).toBeGreaterThan(simple);
  expect(await reach('GRU')).toBeGreaterThan(simple);
  await expect(race.locator('.plot-gradient .plot-legend'), 'one scale for all steps').toHaveText(
    scale,
  );
});

test('the chain rule in a cell draws a power', async ({ page }) => {
  await run(page, 'go-back');
  await expect(outputOf(page, 'go-back').locator('svg').first()).toBeVisible({ timeout: 30_000 });
});

test('a cell sets up a race of its own', async ({ page }) => {
  await run(page, 'own-race');
  const output = outputOf(page, 'own-race');
  await expect(output).toContainText('The race is over.', { timeout: 60_000 });
  for (const name of ['SimpleRNN', 'GRU']) {
    await expect(output.locator('tr', { hasText: name }).locator('td').nth(1)).toHaveText('60');
  }
  await expect(output.locator('.nb-curve polyline')).toHaveCount(2);
});

test('questions answer right and wrong', async ({ page }) => {
  const question = page.locator('[data-question="predict-cells"]');
  await question.locator('summary').click();
  await question.getByText('LSTM: that is what it was made for.').click();
  await expect(question.getByText('almost nothing arrives').first()).toBeVisible();
  await question.getByText('SimpleRNN', { exact: true }).click();
  await expect(question.getByText('you can see it at step 1')).toBeVisible();
});
