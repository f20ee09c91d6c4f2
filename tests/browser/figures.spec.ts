import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './site.ts';

/** Opens the gallery and scrolls through it, so that every plot is drawn. */
async function openGallery(page: Page): Promise<void> {
  await page.goto('figures/');
  const places = page.locator('plot-figure');
  for (let i = 0; i < (await places.count()); i++) {
    await places.nth(i).scrollIntoViewIfNeeded();
    await expect(places.nth(i).locator('.plot-stage')).toBeVisible();
  }
}

const plotNamed = (page: Page, title: string | RegExp): Locator =>
  page.getByRole('application', { name: title });
const tipOf = (plot: Locator): Locator => plot.locator('.plot-tip');

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the gallery draws every plot and has no accessibility violation, ${colorScheme}`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    await openGallery(page);
    const kinds = await page
      .locator('.plot')
      .evaluateAll((plots) => [...new Set(plots.map((plot) => plot.classList[1]!))].toSorted());
    expect(kinds).toEqual([
      'plot-cell',
      'plot-confusion',
      'plot-distribution',
      'plot-gradient',
      'plot-heat-map',
      'plot-line',
      'plot-reliability',
      'plot-roc',
      'plot-scatter',
      'plot-tokens',
    ]);
    await page.getByText('Data as a table').last().click();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`),
    ).toEqual([]);
  });
}

test('the arrow keys lead from mark to mark, with a tooltip that is spoken', async ({ page }) => {
  await openGallery(page);
  const plot = plotNamed(page, /^Training loss of three networks/);
  await plot.focus();
  await page.keyboard.press('ArrowRight');
  await expect(tipOf(plot)).toContainText('SimpleRNN');
  await expect(tipOf(plot)).toContainText('step 1');
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowDown');
  await expect(tipOf(plot)).toContainText('LSTM');
  const spoken = page.locator('.plot', { has: plot }).getByRole('status');
  await expect(spoken).toContainText('LSTM');
  await page.keyboard.press('Escape');
  await expect(tipOf(plot)).toBeHidden();
  await page.keyboard.press('Tab');
  await expect(plot, 'no keyboard trap').not.toBeFocused();
});

test('a heat map is brushed and zoomed with keys, and its cell says its word', async ({ page }) => {
  await page.goto('figures/');
  const plot = plotNamed(page, /^Hidden state after each word/);
  await plot.focus();
  await page.keyboard.press('End');
  await expect(tipOf(plot)).toContainText('timestep 120');
  await page.keyboard.press('Home');
  await expect(tipOf(plot)).toContainText('padding');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(plot.locator('.plot-brush')).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await expect(tipOf(plot)).toContainText('timestep 4');
  await page.keyboard.press('0');
  await page.keyboard.press('End');
  await expect(tipOf(plot)).toContainText('timestep 120');
});

test('linked plots show the same timestep', async ({ page }) => {
  await page.goto('figures/');
  const tokens = plotNamed(page, /^The review, coloured/);
  const states = plotNamed(page, /^Hidden state after each word/);
  await tokens.focus();
  await page.keyboard.press('End');
  await expect(states.locator('.plot-guide')).toBeVisible();
  const [cells, guide] = await Promise.all([
    states.locator('canvas').boundingBox(),
    states.locator('.plot-guide').boundingBox(),
  ]);
  expect(guide!.x + guide!.width, 'the last timestep').toBeGreaterThan(
    cells!.x + cells!.width - 20,
  );
});

test('a replay goes on, pauses, and follows the scrubber', async ({ page }) => {
  await page.goto('figures/');
  const bar = page.locator('reading-replay play-bar');
  const scrubber = bar.getByRole('slider');
  const verdict = plotNamed(page, /^The verdict so far/);
  const cell = plotNamed(page, /^The cell at this timestep/);
  await expect(cell).toHaveAccessibleName(/LSTM cell reading/);
  await scrubber.fill('60');
  await expect(bar.locator('output')).toHaveText('61/120');
  const before = await verdict.locator('.series path').getAttribute('d');
  await bar.getByRole('button').click();
  await expect(scrubber).not.toHaveValue('60');
  await bar.getByRole('button', { name: 'Pause' }).click();
  expect(await verdict.locator('.series path').getAttribute('d')).not.toBe(before);
  await page.getByRole('radio', { name: 'GRU' }).check();
  await expect(cell).toHaveAccessibleName(/GRU cell reading/);
});

test('live plots take their updates, and say how long one takes', async ({ page }) => {
  await page.goto('figures/');
  for (const name of ['live-line', 'live-heat-map']) {
    const live = page.locator(name);
    await live.getByRole('switch').check();
    await expect(live.locator('[data-part="timing"]')).toHaveText(/An update takes [\d.]+ ms/);
    await live.getByRole('switch').uncheck();
  }
});

test('a canvas follows the theme', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('figures/');
  const canvas = plotNamed(page, /^Hidden state after each word/).locator('canvas');
  const picture = (): Promise<string> =>
    canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL());
  const light = await picture();
  await page.getByLabel('Theme').selectOption('dark');
  await expect.poll(picture).not.toBe(light);
  await page.getByLabel('Theme').selectOption('light');
  await expect.poll(picture).toBe(light);
});

test('a lasso chooses points, and the threshold of a ROC curve moves', async ({ page }) => {
  await openGallery(page);
  const scatter = plotNamed(page, /^Words of the LSTM/);
  const frame = page.locator('.plot', { has: scatter });
  await frame.getByRole('button', { name: /lasso/ }).click();
  const canvas = scatter.locator('canvas');
  const box = (await canvas.boundingBox())!;
  const plain = await canvas.screenshot();
  await page.mouse.move(box.x + 20, box.y + 20);
  await page.mouse.down();
  for (const [x, y] of [
    [0.5, 0.05],
    [0.5, 0.95],
    [0.02, 0.95],
  ] as const) {
    await page.mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: 4 });
  }
  await page.mouse.up();
  await page.mouse.move(box.x - 5, box.y - 5);
  expect((await canvas.screenshot()).equals(plain)).toBe(false);

  const roc = page.locator('.plot', { has: plotNamed(page, /^ROC curve of the LSTM/) });
  const says = roc.locator('output');
  await expect(says).toHaveText(/^0.50: finds/);
  await roc.getByRole('slider').press('End');
  await expect(says).toHaveText(/^1.00: finds 0.0%/);
});

test('controls are thumb-sized and plots fit on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openGallery(page);
  const small = await page
    .locator('main :is(button, input, summary, select)')
    .evaluateAll((controls) =>
      controls.flatMap((control) => {
        // A radio or a switch is pressed through its label.
        const target = control.closest('label') ?? control;
        const { width, height } = target.getBoundingClientRect();
        return Math.max(height, 0) < 42 || width < 42 ? [target.outerHTML.slice(0, 80)] : [];
      }),
    );
  expect(small).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});

test('the stepper stops at its ends', async ({ page }) => {
  await page.goto('figures/');
  const field = page.getByRole('spinbutton', { name: 'Stepper' });
  const more = page.getByRole('button', { name: 'Stepper: more' });
  for (let value = 3; value <= 5; value++) {
    await more.click();
    await expect(field).toHaveValue(String(value));
  }
  await expect(more).toBeDisabled();
  await page.getByRole('button', { name: 'Stepper: less' }).click();
  await expect(field).toHaveValue('4');
});
