import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, PAGES, QUICK, test, trainInLab } from './site.ts';

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    for (const path of PAGES.slice(0, -1)) {
      test(`/${path} has no accessibility violation`, async ({ page }) => {
        await page.goto(path);
        expect(await violations(page)).toEqual([]);
      });
    }

    test('the lab has none with everything open, after a run', async ({ page }) => {
      await trainInLab(page, QUICK);
      for (const fold of await page.locator('lab-settings summary').all()) {
        if (await fold.isVisible()) await fold.click();
      }
      await page.getByText('Figures by epoch').click();
      await page.getByLabel(/Write what you think/).fill('a good film');
      await page.getByRole('button', { name: 'Ask the model' }).click();
      await expect(page.locator('lab-verdict [data-part="verdict"]')).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });
  });
}

for (const width of [320, 390, 768, 1440]) {
  test(`no page scrolls sideways at ${width} px`, async ({ page, forgive }) => {
    forgive(/404/);
    await page.setViewportSize({ width, height: 800 });
    for (const path of PAGES) {
      await page.goto(path);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow, `/${path}`).toBeLessThanOrEqual(0);
    }
  });
}

test('the theme is remembered and applied before the page paints', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('');
  const background = () =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  await page.getByLabel('Theme').selectOption('dark');
  const dark = await background();
  expect(dark).not.toBe(light);
  await page.goto('lab/');
  expect(await background()).toBe(dark);
  await page.getByLabel('Theme').selectOption('system');
  expect(await background()).toBe(light);
});

test('from the start to a trained model with the keyboard alone', async ({ page }) => {
  await page.goto('');
  await tabTo(page, 'Train one now');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/lab/);
  await page.goto(`lab/?${QUICK}`);
  await tabTo(page, 'Train');
  await page.keyboard.press('Enter');
  await expect(page.locator('lab-run [data-part="status"]')).toHaveText(/^Finished/, {
    timeout: 60_000,
  });
});

async function tabTo(page: Page, text: string): Promise<void> {
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => document.activeElement?.textContent?.trim());
    if (focused === text) return;
  }
  throw new Error(`Tab never reached “${text}”.`);
}

test('the visor shows the model and the history of the run', async ({ page }) => {
  await trainInLab(page, QUICK);
  await page.getByRole('button', { name: /in the visor/ }).click();
  const visor = page.locator('#tfjs-visor-container');
  await visor.getByText('Model', { exact: true }).click();
  await expect(visor.getByText('embedding (Embedding)')).toBeVisible();
  await visor.getByText('Training', { exact: true }).click();
  await expect(visor.locator('canvas, svg').first()).toBeVisible();
});

test('the lab asks for no tensor code before the first run', async ({ page }) => {
  const scripts: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.push(request.url());
  });
  await page.goto('lab/', { waitUntil: 'networkidle' });
  expect(scripts.filter((url) => /worker|tfjs|visor/.test(url))).toEqual([]);
});

for (const width of [390, 1440]) {
  test(`nothing moves while a page loads at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.addInitScript(() => {
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) {
          const root = globalThis as { layoutShift?: number };
          root.layoutShift = (root.layoutShift ?? 0) + entry.value;
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    for (const path of PAGES.slice(0, -1)) {
      await page.goto(path, { waitUntil: 'networkidle' });
      await page.evaluate(() => document.fonts.ready);
      const shift = await page.evaluate(() => (globalThis as { layoutShift?: number }).layoutShift);
      expect(shift ?? 0, `cumulative layout shift of /${path}`).toBeLessThan(0.02);
    }
  });
}
