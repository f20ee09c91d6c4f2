import type { Page } from '@playwright/test';
import { shiftOf, watchShift } from './layout-shift.ts';
import { expect, test } from './site.ts';

const figure = (page: Page) => page.locator('reading-figure');
const step = (page: Page) => page.getByLabel('Words read');
const part = (page: Page, name: string) => figure(page).locator(`[data-part="${name}"]`);

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('the figure is a whole picture with its verdict', async ({ page }) => {
    await page.goto('');
    await expect(page.getByRole('img', { name: /^Hidden state, \d+ units over/ })).toBeVisible();
    await expect(page.getByRole('img', { name: /^The verdict after each of/ })).toBeVisible();
    await expect(part(page, 'verdict-now')).toHaveText(/\d+\s% (positive|negative)/);
    expect(await part(page, 'words').locator('.word').count()).toBeGreaterThan(30);
    expect(await part(page, 'states').locator('path').count()).toBeGreaterThan(4);
  });
});

test('it plays when it is seen, and pauses, and is scrubbed with keys', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 1000 });
  await page.goto('');
  const pause = figure(page).getByRole('button', { name: 'Pause' });
  await expect(pause).toBeVisible();
  await expect(part(page, 'words').locator('.unread').first()).toBeVisible();
  await pause.click();
  await step(page).focus();
  await page.keyboard.press('Home');
  await expect(step(page)).toHaveAttribute('aria-valuetext', /^word 1 of \d+, “.+”: \d+\s% /);
  const words = await part(page, 'words').locator('.word').count();
  await expect(part(page, 'words').locator('.unread')).toHaveCount(words - 1);
  await page.keyboard.press('End');
  await expect(part(page, 'words').locator('.unread')).toHaveCount(0);
  await part(page, 'words').locator('.word').nth(3).click();
  await expect(step(page)).toHaveValue('3');
});

test('who wants little motion gets a still figure, and other reviews at their end', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('');
  await expect(figure(page)).toHaveAttribute('live');
  await page.waitForTimeout(1500);
  await expect(part(page, 'words').locator('.unread')).toHaveCount(0);
  const before = await part(page, 'line').getAttribute('d');
  await page.getByText('A complaint', { exact: true }).click();
  await expect(part(page, 'source')).toHaveText(/^Review in row [\d,]+ of the data, negative/);
  expect(await part(page, 'line').getAttribute('d')).not.toBe(before);
  await expect(part(page, 'words').locator('.unread')).toHaveCount(0);
});

test('the network comes when it is asked, and reads a sentence of the reader’s own', async ({
  page,
}) => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('', { waitUntil: 'networkidle' });
  expect(loaded.filter((path) => /models|worker|tfjs|lab-|pagefind/.test(path))).toEqual([]);
  await page.getByLabel('Now a sentence of yours').fill('A dull, xqzzt mess. But I loved it!');
  await figure(page).getByRole('button', { name: 'Read it' }).click();
  await expect(part(page, 'status')).toHaveText(/^Read here, on your machine: \d+\s% /, {
    timeout: 60_000,
  });
  const words = part(page, 'words').locator('.word');
  await expect(words).toHaveText(['A', 'dull,', 'xqzzt', 'mess.', 'But', 'I', 'loved', 'it!']);
  await expect(words.nth(2)).toHaveClass(/unknown/);
  await expect(part(page, 'source')).toHaveText('Your sentence.');
  await expect(step(page)).toHaveAttribute('max', '7');
  await page.getByLabel('Now a sentence of yours').fill('...');
  await figure(page).getByRole('button', { name: 'Read it' }).click();
  await expect(part(page, 'status')).toHaveText('There is no word to read.');
  await expect(words, 'what was read stays').toHaveCount(8);
});

test('it is light: little script, no shift', async ({ page }) => {
  let bytes = 0;
  const measured: Promise<void>[] = [];
  page.on('requestfinished', (request) => {
    if (request.resourceType() !== 'script') return;
    measured.push(request.sizes().then(({ responseBodySize }) => void (bytes += responseBodySize)));
  });
  await watchShift(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('', { waitUntil: 'networkidle' });
  await Promise.all(measured);
  expect(bytes).toBeLessThan(40_000);
  expect(await shiftOf(page)).toBeLessThan(0.02);
});

test('every figure that is stated leads to how it was measured', async ({ page }) => {
  await page.goto('');
  const links = page.getByRole('link', { name: /^How it was measured: / });
  expect(await links.count()).toBeGreaterThan(2);
  for (const href of await links.evaluateAll((all) =>
    all.map((link) => link.getAttribute('href')!),
  )) {
    await page.goto(href);
    await expect(page.locator(new URL(href, 'http://x').hash)).toBeVisible();
  }
});
