import type { Page } from '@playwright/test';

interface Watched {
  shift?: { value: number };
}

/** Adds up how far what is seen moves without the reader's doing, from the next page on. */
export async function watchShift(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const total = { value: 0 };
    (window as Watched).shift = total;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        total.value += (entry as PerformanceEntry & { value: number }).value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** The layout shift of a page so far. */
export const shiftOf = (page: Page): Promise<number> =>
  page.evaluate(() => (window as Watched).shift!.value);
