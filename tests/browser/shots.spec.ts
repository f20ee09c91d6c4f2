import { test } from '@playwright/test';
const MODE = process.env['SHOT'] ?? 'inspect';
for (const width of [1440, 390]) {
  for (const scheme of ['light', 'dark'] as const) {
    test(`shot ${MODE} ${width} ${scheme}`, async ({ page }) => {
      if (width === 390 && scheme === 'dark' && MODE === 'inspect') return;
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 900 });
      if (MODE === 'inspect') {
        await page.goto('inspect/?model=simple-rnn&row=13969&order=similar' + (width === 1440 && scheme === 'dark' ? '&compare=bag-of-words' : ''));
        await page.locator('inspector-pane#first [data-part="strongest"] tr').first().waitFor({ timeout: 60_000 });
        await page.waitForTimeout(1500);
      } else {
        await page.goto('lessons/look-inside/');
        await page.waitForTimeout(2500);
      }
      await page.screenshot({ path: `/tmp/inspect-tmp/${MODE}-${width}-${scheme}.png`, fullPage: true });
    });
  }
}
