import type { Page } from '@playwright/test';
import { shiftOf, watchShift } from './layout-shift.ts';
import { expect, LESSONS, test } from './site.ts';

/** Bytes of script over the wire, before the first run. */
const MOST_SCRIPT = 150_000;
/** Cumulative layout shift. */
const MOST_SHIFT = 0.02;

test.use({ viewport: { width: 390, height: 844 } });

for (const lesson of LESSONS) {
  test(`${lesson} before its first run: little script, no tensors, and nothing moves`, async ({
    page,
  }) => {
    const sizes = new Map<string, Promise<number>>();
    page.on('requestfinished', (request) => {
      const { pathname } = new URL(request.url());
      if (!pathname.endsWith('.js')) return;
      sizes.set(
        pathname,
        request.sizes().then(({ responseBodySize }) => responseBodySize),
      );
    });
    await watchShift(page);
    await page.goto(lesson, { waitUntil: 'networkidle' });
    await readThrough(page);

    const names = [...sizes.keys()];
    const bytes = await Promise.all(sizes.values());
    expect(bytes.length).toBeGreaterThan(3);
    const sum = bytes.reduce((total, size) => total + size, 0);
    expect(sum, `bytes of ${names.join(' ')}`).toBeLessThan(MOST_SCRIPT);
    expect(names.filter((name) => /tfjs|workbench|editor|worker/.test(name))).toEqual([]);
    expect(await shiftOf(page), 'layout shift').toBeLessThan(MOST_SHIFT);
  });
}

/** Scrolls to the end, a screen at a time, with a moment at each for what loads there. */
async function readThrough(page: Page): Promise<void> {
  const { height, screen } = await page.evaluate(() => ({
    height: document.documentElement.scrollHeight,
    screen: innerHeight,
  }));
  for (let top = 0; top < height; top += screen) {
    await page.evaluate((y) => scrollTo({ top: y, behavior: 'instant' }), top);
    await page.waitForTimeout(100);
  }
  await page.waitForLoadState('networkidle');
}
