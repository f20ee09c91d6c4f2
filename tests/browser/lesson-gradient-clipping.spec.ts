import type { Page } from '@playwright/test';
import { cellOf, expectState, outputOf } from './notebook.ts';
import { expect, test } from './site.ts';

const LESSON = 'lessons/gradient-clipping/';

/** Moves a slider as a reader with a keyboard would: from its value by some steps. */
async function move(page: Page, id: string, key: string, times: number): Promise<void> {
  const slider = page.locator(`#${id}`);
  await slider.focus();
  for (let i = 0; i < times; i++) await slider.press(key);
}

/** The numbers of a cell of a table, such as "65.3°" or "9.39". */
const numberIn = (text: string): number => Number.parseFloat(text.replaceAll(',', ''));

async function rowOf(page: Page, part: string, name: string): Promise<string[]> {
  const row = page.locator(`[data-part="${part}"] tr`).filter({ hasText: name }).first();
  return row.locator('td').allInnerTexts();
}

test('the cliff: arrives measured, answers the slider, and is measured again here', async ({
  page,
}) => {
  await page.goto(LESSON);
  const text = page.locator('[data-part="length-text"]');
  await expect(text).toHaveText(
    /A step of length 0\.1: the loss of this batch goes from 9\.39 to 0\.72/,
  );
  await expect(page.locator('cliff-slice .plot svg .series path')).toHaveCount(1);
  await move(page, 'cliff-length', 'End', 1);
  await expect(text).toHaveText(/A step of length 63\.1: .* to no number at all\./);

  const built = await rowOf(page, 'rows', 'global_clipnorm');
  const status = page.locator('cliff-slice [data-part="status"]');
  await page.getByRole('button', { name: 'Step of the run: less' }).click();
  await expect(status).toHaveText(/Computed on your machine\. Before step 38 the loss is 0\.677/, {
    timeout: 30_000,
  });
  await expect(status).toContainText('most of it in recurrent_kernel');
  await page.getByRole('button', { name: 'Step of the run: more' }).click();
  await expect(status).toHaveText(/Before step 39 the loss is 9\.39/, { timeout: 30_000 });
  expect(await rowOf(page, 'rows', 'global_clipnorm')).toEqual(built);
  // Clipped together to 1, a step is as long as the learning rate and bends nothing.
  expect(built.slice(0, 2)).toEqual(['0.1', '0.0°']);
});

test('four ways: one is out at step 40, the others go on, one of them unbent', async ({ page }) => {
  await page.goto(LESSON);
  await page.getByRole('button', { name: 'Run all four' }).click();
  const race = page.locator('#figure-four training-race');
  await expect(race.locator('[data-part="race-status"]')).toHaveText(/^Finished\. none diverged/, {
    timeout: 60_000,
  });
  const state = async (name: string): Promise<string> =>
    (await rowOf(page, 'race-rows', name)).at(-1)!;
  expect(await state('none')).toBe('diverged at step 40');
  for (const name of ['clipvalue', 'clipnorm', 'global_clipnorm']) {
    expect(await state(name), name).toBe('done');
  }
  const clipped = async (name: string): Promise<number[]> => {
    const row = race.locator('[data-part="clip-rows"] tr').filter({
      has: page.getByRole('rowheader', { name, exact: true }),
    });
    return (await row.locator('td').allInnerTexts()).map(numberIn);
  };
  const [share, longest, bent] = await clipped('clipvalue');
  expect(share).toBeCloseTo(2, 5);
  expect(longest).toBeGreaterThan(100);
  // The angle that the cliff's table has for the same step.
  expect(bent).toBeCloseTo(numberIn((await rowOf(page, 'rows', 'clipvalue'))[1]!), 0);
  expect((await clipped('global_clipnorm'))[2]).toBe(0);
});

test('the arrows follow the sliders', async ({ page }) => {
  await page.goto(LESSON);
  const text = page.locator('[data-part="limit-text"]');
  const expected = (x: number, y: number, limit: number): string => {
    const cut = [x, y].map((value) => Math.sign(value) * Math.min(Math.abs(value), limit));
    const dot = x * cut[0]! + y * cut[1]!;
    const angle = Math.acos(dot / (Math.hypot(x, y) * Math.hypot(...cut)));
    return `bent by ${((angle * 180) / Math.PI).toFixed(1)}°. By norm`;
  };
  await expect(text).toContainText(expected(2.6, 0.7, 1));
  await move(page, 'bent-y', 'ArrowRight', 8);
  await expect(text).toContainText(expected(2.6, 1.5, 1));
  await move(page, 'bent-limit', 'Home', 1);
  await expect(text).toContainText(expected(2.6, 1.5, 0.1));
  await expect(page.locator('bent-gradient .arrows line')).toHaveCount(3);
});

test('cells: two runs, their flight recorder, clipping by hand', async ({ page }) => {
  await page.goto(LESSON);
  await cellOf(page, 'four-runs').getByRole('button', { name: 'Run', exact: true }).click();
  await expect(outputOf(page, 'four-runs')).toContainText('The race is over.', { timeout: 60_000 });
  await expect(outputOf(page, 'four-runs')).toContainText('diverged at step 40');
  await cellOf(page, 'flight-recorder').getByRole('button', { name: 'Run', exact: true }).click();
  await expect(outputOf(page, 'flight-recorder')).toContainText('The loss became NaN at step 40');
  await expect(outputOf(page, 'flight-recorder').locator('tbody tr')).toHaveCount(6);
  await cellOf(page, 'clip-by-hand').getByRole('button', { name: 'Run', exact: true }).click();
  await expectState(page, 'clip-by-hand', 'done');
  await expect(outputOf(page, 'clip-by-hand')).toContainText('bentBy');
});

test('questions answer, Adam’s figures are there, and nothing scrolls sideways', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(LESSON);
  const question = page.locator('[data-question="predict-warning"]');
  await question.getByLabel('For two steps or so.').check();
  await question.getByText('Compare with the data').click();
  await expect(question.getByText('Right.')).toBeVisible();
  await expect(question).toContainText('Step 40 is already NaN');
  const steps = page.locator('#figure-first-step tbody tr');
  const cells = (await steps.filter({ hasText: 'logit/bias' }).locator('td').allInnerTexts()).map(
    numberIn,
  );
  expect(cells[0]! / cells[1]!, 'the gradient is far shorter').toBeGreaterThan(10);
  expect(cells[3]! / cells[2]!, 'the step is not').toBeGreaterThan(0.95);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
