import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { SERVERS } from './servers.ts';
import { expect, test } from './site.ts';

const LESSON = 'lessons/read-the-data/';
const dialog = (page: Page, name: string) => page.getByRole('dialog', { name });
const search = (page: Page) => page.getByLabel('Words to look for');

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

for (const [name, { url }] of Object.entries({
  'our server': SERVERS.production,
  'a static host below a sub-path': SERVERS.staticHost,
})) {
  test.describe(`search on ${name}`, () => {
    test.use({ baseURL: url });

    test('finds a place in a lesson, with the keyboard alone', async ({ page }) => {
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.goto('lab/');
      await page.waitForFunction(() => crossOriginIsolated);
      await expect(page.getByRole('button', { name: 'Search' })).toBeEnabled();
      expect(asked.filter((address) => address.includes('pagefind'))).toEqual([]);
      await page.keyboard.press('/');
      await expect(search(page)).toBeFocused();
      await page.keyboard.type('zipf');
      await expect(dialog(page, 'Search').getByRole('status')).toHaveText(/^On (one page|\d)/);
      await expect(dialog(page, 'Search').locator('mark').first()).toHaveText(/zipf/i);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL(new RegExp(`${new URL(url).pathname}lessons/`));
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    });
  });
}

test('search says when it finds nothing, and Control and K open it, Escape closes it', async ({
  page,
}) => {
  await page.goto(LESSON);
  await expect(page.getByRole('button', { name: 'Search' })).toBeEnabled();
  await page.keyboard.press('Control+k');
  await search(page).fill('žžžž');
  await expect(dialog(page, 'Search').getByRole('status')).toHaveText('Nothing about “žžžž”.');
  await page.keyboard.press('Escape');
  await expect(dialog(page, 'Search')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Search' }), 'focus comes back').toBeFocused();
});

test('a slash that is written stays a slash', async ({ page }) => {
  await page.goto('lab/');
  const review = page.getByLabel(/Write what you think/);
  await review.fill('');
  await review.press('/');
  await expect(review).toHaveValue('/');
  await expect(dialog(page, 'Search')).toBeHidden();
});

test.describe('in development', () => {
  test.use({ baseURL: SERVERS.dev.url });

  test('search says that it needs a build', async ({ page, forgive }) => {
    forgive(/404|pagefind/);
    await page.goto('lab/');
    await page.getByRole('button', { name: 'Search' }).click();
    await search(page).fill('padding');
    await expect(dialog(page, 'Search').getByRole('status')).toHaveText(/^There is no search here/);
  });
});

test('the device panel computes nothing before it is asked, then tells and switches', async ({
  page,
}) => {
  const workers: string[] = [];
  page.on('worker', (worker) => workers.push(worker.url()));
  await page.goto(LESSON);
  await page.getByRole('button', { name: 'Device' }).click();
  const panel = dialog(page, 'What computes here');
  await expect(panel.getByText(/^Nothing computes yet/)).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Test the engines' })).toBeEnabled();
  expect(workers).toEqual([]);
  await panel.getByRole('button', { name: 'Test the engines' }).click();
  const told = panel.getByRole('status');
  await expect(told).toHaveText(/^Engine: SIMD on the processor\./, { timeout: 60_000 });
  await expect(panel.getByText(/^[\d.]+ MB in \d+ tensors$/)).toBeVisible();
  await expect(panel.getByText(/^[\d,]+ words a second, in the test step$/)).toBeVisible();
  await expect(panel.getByRole('listitem')).toHaveCount(4);
  await panel.getByLabel('Compute on').selectOption('cpu');
  await expect(told).toHaveText('Engine: JavaScript. You chose it.', { timeout: 60_000 });
  await panel.getByRole('button', { name: 'Close' }).click();
  await expect(panel).toBeHidden();
});

test('an engine that is switched in the panel is the lab’s', async ({ page }) => {
  await page.goto('lab/');
  await page.getByRole('button', { name: 'Device' }).click();
  const panel = dialog(page, 'What computes here');
  await panel.getByLabel('Compute on').selectOption('simd');
  await expect(panel.getByRole('status')).toHaveText(/^Engine: SIMD .* You chose it\./, {
    timeout: 60_000,
  });
  await page.keyboard.press('Escape');
  await page.getByText('Reviews and engine').click();
  await expect(page.getByLabel('Engine', { exact: true })).toHaveValue('simd');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`both dialogs are accessible, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(LESSON);
    await page.getByRole('button', { name: 'Search' }).click();
    await search(page).fill('word');
    await expect(dialog(page, 'Search').getByRole('listitem').first()).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Device' }).click();
    await page.getByRole('button', { name: 'Test the engines' }).click();
    await expect(page.locator('[data-part="backends"] li').first()).toBeVisible({
      timeout: 60_000,
    });
    expect(await violations(page)).toEqual([]);
  });
}
