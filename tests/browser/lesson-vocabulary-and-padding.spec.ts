import type { Page } from '@playwright/test';
import { rectangleOf, wasteOf } from '../../src/components/padding/batch-waste-text.ts';
import { describeWindow, lookThrough } from '../../src/components/padding/review-window-text.ts';
import type {
  WindowSettings,
  WindowWord,
} from '../../src/components/padding/review-window-text.ts';
import { expectState, outputOf } from './notebook.ts';
import { expect, test } from './site.ts';

test.beforeEach(({ page }) => page.goto('lessons/vocabulary-and-padding/'));

test('the window shows what the library cuts, and the verdict turns with the end', async ({
  page,
}) => {
  const figure = page.locator('review-window');
  const review = JSON.parse((await figure.getAttribute('data-words'))!) as WindowWord[];
  const settings = { numWords: 10_000, maxlen: 100, padding: 'pre', truncating: 'post' } as const;
  const expectWindow = async (change: Partial<WindowSettings>): Promise<void> => {
    const shown = lookThrough(review, { ...settings, ...change });
    await expect(figure.locator('[data-part="summary"]')).toHaveText(describeWindow(shown));
    const kinds = (selector: string): Promise<string[]> =>
      figure
        .locator(selector)
        .evaluateAll((all) => all.map(({ classList }) => [...classList].join(' ')));
    expect(await kinds('[data-part="row"] span')).toEqual(shown.cells.map(({ kind }) => kind));
    const words = await kinds('[data-part="text"] .word');
    expect(words.map((names) => names.replace('word ', ''))).toEqual(shown.words);
  };
  await expect(figure.getByLabel('Words kept')).toBeEnabled();
  await expectWindow({});
  expect(describeWindow(lookThrough(review, settings))).toContain('negative');
  await page.getByRole('button', { name: 'Cut the beginning instead' }).click();
  await expectWindow({ truncating: 'pre' });
  expect(describeWindow(lookThrough(review, { ...settings, truncating: 'pre' }))).toContain(
    'positive',
  );
  await page.getByRole('button', { name: 'keep the 500 commonest' }).click();
  await expectWindow({ truncating: 'pre', numWords: 500 });
  await figure.getByLabel('Length').fill('300');
  await expectWindow({ truncating: 'pre', numWords: 500, maxlen: 300 });
  await figure.getByRole('group', { name: 'Fill up' }).getByText('post').click();
  await expectWindow({ truncating: 'pre', numWords: 500, maxlen: 300, padding: 'post' });
});

test('one of three paddings stays at a half, and its state is washed out', async ({ page }) => {
  const race = page.locator('training-race');
  await race.getByRole('button', { name: 'Train them side by side' }).click();
  await expect(race.locator('[data-part="race-status"]')).toHaveText('Finished.', {
    timeout: 90_000,
  });
  const held = async (model: string): Promise<number> => {
    const row = race.locator('tr', {
      has: page.getByRole('rowheader', { name: model, exact: true }),
    });
    return Number.parseFloat((await row.locator('td').nth(4).innerText()).replace('%', ''));
  };
  expect(await held('post')).toBeGreaterThan(44);
  expect(await held('post')).toBeLessThan(56);
  expect(await held('pre')).toBeGreaterThan(60);
  expect(await held('post and mask')).toBeGreaterThan(60);
  const said = (model: string) => race.locator(`[data-model="${model}"] [data-said]`);
  await expect(race.locator('wash-out canvas')).toHaveCount(3);
  await expect(said('pre')).toContainText('The verdict sees just this.');
  await expect(said('post and mask')).toContainText('it has moved by 0.00.');
  const moved = /moved by (\d+\.\d+)/.exec(await said('post').innerText());
  expect(Number(moved?.[1])).toBeGreaterThan(0);
});

test('what a batch wastes is counted', async ({ page }) => {
  const figure = page.locator('batch-waste');
  await figure.scrollIntoViewIfNeeded();
  const read = async (name: string) =>
    JSON.parse((await figure.getAttribute(`data-${name}`))!) as number[][];
  const summary = figure.locator('[data-part="summary"]');
  const [mixed, grouped] = [await read('mixed'), await read('grouped')];
  const share = (batches: number[][], width: 'fixed' | 'longest' | 'sorted', maxlen: number) =>
    (100 * wasteOf(batches.map((lengths) => rectangleOf(lengths, width, maxlen)))).toFixed(1);
  await expect(summary).toContainText(share(mixed, 'fixed', 500));
  await figure.getByText('its longest').click();
  await expect(summary).toContainText(share(mixed, 'longest', 500));
  await figure.getByText('like lengths').click();
  await expect(summary).toContainText(share(grouped, 'sorted', 500));
  expect(Number(share(grouped, 'sorted', 500))).toBeLessThan(
    Number(share(mixed, 'longest', 500)) / 3,
  );
  await figure.getByLabel('Length').fill('200');
  await expect(summary).toContainText(share(grouped, 'sorted', 200));
  await figure.getByLabel('Batch', { exact: true }).fill('3');
  const places = Math.max(...grouped[3]!.map((length) => Math.min(length, 200)));
  await expect(summary).toContainText(`32 rows of ${places} places`);
});

test('the figure of the two ends has its numbers in a table', async ({ page }) => {
  const figure = page.locator('#figure-ends');
  await figure.scrollIntoViewIfNeeded();
  await figure.getByText('Data as a table').click();
  await expect(figure.locator('tbody tr')).toHaveCount(22);
});

test('the cells run, and the questions answer', async ({ page }) => {
  await page.getByRole('button', { name: 'Run all' }).click();
  await expect(outputOf(page, 'mask')).toContainText('Trained', { timeout: 90_000 });
  for (const name of ['encode', 'pad']) await expectState(page, name, 'done');
  await expect(outputOf(page, 'pad')).toContainText('pre: 0 0 0');
  await answer(page, 'predict-end', 'At the end');
  await answer(page, 'predict-race', /^post$/);
  await answer(page, 'check-mask', 'Not to the verdict');
});

async function answer(page: Page, id: string, right: string | RegExp): Promise<void> {
  const question = page.locator(`[data-question="${id}"]`);
  await question.locator('summary').click();
  for (const label of await question.locator('label').all()) {
    await label.click();
    await expect(question.locator('.reply:visible')).toHaveCount(1);
  }
  await question.locator('label').filter({ hasText: right }).click();
  await expect(question.locator('.reply:visible')).toContainText('Right.');
}
