import type { Page } from '@playwright/test';
import { expect, LESSONS, test } from './site.ts';

/** Script in bytes over the wire, before the first run. */
const MOST_SCRIPT = 150_000;
/** Cumulative layout shift. */
const MOST_SHIFT = 0.02;

interface Shift extends PerformanceEntry {
  readonly value: number;
  readonly sources: readonly { readonly node: Node | null }[];
}

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
    await page.addInitScript(() => {
      const shifts: [number, string[]][] = [];
      Object.assign(globalThis, { shifts });
      new PerformanceObserver((list) => {
        for (const { value, sources } of list.getEntries() as Shift[]) {
          shifts.push([value, sources.map(({ node }) => node?.parentElement?.outerHTML ?? '')]);
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(lesson, { waitUntil: 'networkidle' });
    await readThrough(page);

    const bytes = await Promise.all(sizes.values());
    expect(bytes.length).toBeGreaterThan(3);
    const sum = bytes.reduce((total, size) => total + size, 0);
    expect(sum, [...sizes.keys()].join(' ')).toBeLessThan(MOST_SCRIPT);
    const heavy = [...sizes.keys()].filter((name) => /tfjs|workbench|editor|worker/.test(name));
    expect(heavy).toEqual([]);

    const shifts = await page.evaluate(
      () => (globalThis as unknown as { shifts: [number, string[]][] }).shifts,
    );
    const moved = shifts.reduce((total, [value]) => total + value, 0);
    const what = shifts.map(
      ([value, nodes]) => `${value}: ${nodes.map((html) => html.slice(0, 200))}`,
    );
    expect(moved, what.join('\n')).toBeLessThan(MOST_SHIFT);
  });
}

/** Scrolls to the end, a screen at a time, with a moment at each for what loads there. */
async function readThrough(page: Page): Promise<void> {
  const [height, screen] = await page.evaluate(() => [
    document.documentElement.scrollHeight,
    innerHeight,
  ]);
  for (let y = 0; y < height!; y += screen!) {
    await page.evaluate((top) => scrollTo({ top, behavior: 'instant' }), y);
    await page.waitForTimeout(100);
  }
  await page.waitForLoadState('networkidle');
}
