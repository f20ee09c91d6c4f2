import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { cellOf, expectState, LESSON, run, setCode } from './notebook.ts';
import { expect, test } from './site.ts';

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

const card = (page: Page): Locator => page.locator('lesson-card');
const term = (page: Page, text: string): Locator => page.locator('a.term', { hasText: text });
const contents = (page: Page): Locator =>
  page.getByRole('navigation', { name: 'Contents of this lesson' });

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

test.describe('cards', () => {
  test('a mouse on a term shows its definition, and may move onto it', async ({ page }) => {
    await page.goto(LESSON);
    await term(page, 'vocabulary').hover();
    await expect(card(page)).toContainText('The words that a model keeps a number for.');
    await card(page).hover();
    await page.waitForTimeout(400);
    await expect(card(page)).toBeVisible();
    await page.mouse.move(5, 5);
    await expect(card(page)).toBeHidden();
  });

  test('the keyboard shows it too; Escape closes it and leaves the focus', async ({ page }) => {
    await page.goto(LESSON);
    const cite = page.locator('a.cite').first();
    await page.locator('main h2').first().click();
    await cite.evaluate((link: HTMLElement) => {
      link.tabIndex = 0;
      link.focus({ focusVisible: true } as FocusOptions);
    });
    await expect(card(page)).toContainText('Maas');
    await page.keyboard.press('Escape');
    await expect(card(page)).toBeHidden();
    await expect(cite).toBeFocused();
    await expect(cite).toHaveAccessibleDescription(/Learning word vectors/);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/#source-maas2011$/);
  });

  test.describe('on a touch screen', () => {
    test.use({ viewport: PHONE, hasTouch: true });

    test('a tap shows the card and stays on the page', async ({ page }) => {
      await page.goto(LESSON);
      await term(page, 'unknown').tap();
      await expect(card(page)).toContainText('out-of-vocabulary');
      await expect(page).toHaveURL(new RegExp(`${LESSON}$`));
      const box = (await card(page).boundingBox())!;
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(PHONE.width);
      await page.locator('.lede').tap();
      await expect(card(page)).toBeHidden();
    });
  });
});

test('sources have the numbers that the text gives them, and figures theirs', async ({ page }) => {
  await page.goto(LESSON);
  const cited = await page
    .locator('a.cite')
    .evaluateAll((links) => links.map((link) => [link.textContent, link.getAttribute('href')]));
  const listed = await page
    .locator('.sources li')
    .evaluateAll((items) => items.map(({ id }, i) => [`Source ${i + 1}`, `#${id}`]));
  expect(cited.length).toBeGreaterThan(1);
  expect(new Set(cited.map(String))).toEqual(new Set(listed.map(String)));
  const labels = await page.locator('figure[id] .label a').allTextContents();
  expect(labels).toEqual(labels.map((_, i) => `Figure ${i + 1}`));
  const reference = page.locator('.prose > p > a[href="#figure-neighbours"]');
  const number = await page.locator('#figure-neighbours .label a').textContent();
  await expect(reference).toHaveText(number!);
});

test('a piece of text sets a control, and its figure follows', async ({ page }) => {
  await page.goto(LESSON);
  const slider = page.locator('#vocabulary-size');
  const drivel = page.locator('review-words [data-rank]', { hasText: /^drivel$/ }).first();
  await page.getByRole('button', { name: '2,000', exact: true }).click();
  await expect(drivel).toHaveClass(/unknown/);
  await expect(page.locator('review-words [data-part="size-text"]')).toContainText('2,000');
  await expect(slider).toBeInViewport();
  await page.getByRole('button', { name: '5,000 words' }).press('Enter');
  await expect(drivel).not.toHaveClass(/unknown/);
});

test('side notes stand in the margin where there is one', async ({ page }) => {
  await page.setViewportSize(WIDE);
  await page.goto(LESSON);
  const note = page.getByRole('note').first();
  const text = page.locator('.prose > p').first();
  const [inMargin, wideText] = [(await note.boundingBox())!, (await text.boundingBox())!];
  expect(inMargin.x).toBeGreaterThan(wideText.x + wideText.width);
  expect(inMargin.x + inMargin.width).toBeLessThanOrEqual(WIDE.width);
  await page.setViewportSize(PHONE);
  const [inText, narrow] = [(await note.boundingBox())!, (await text.boundingBox())!];
  expect(inText.x).toBe(narrow.x);
  expect(inText.width).toBe(narrow.width);
});

test.describe('contents', () => {
  test('mark the section that is being read', async ({ page }) => {
    await page.setViewportSize(WIDE);
    await page.goto(LESSON);
    const here = contents(page).locator('[aria-current]');
    await expect(here).toHaveCount(0);
    await contents(page).getByRole('link', { name: 'How long is a review?' }).click();
    await expect(page.getByRole('heading', { name: 'How long is a review?' })).toBeInViewport();
    await expect(here).toHaveText('How long is a review?');
    await page.evaluate(() => scrollTo(0, 0));
    await expect(here).toHaveCount(0);
  });

  test('on a phone open from a bar that stays, and close behind a choice', async ({ page }) => {
    await page.setViewportSize(PHONE);
    await page.goto(LESSON);
    const list = page.locator('#contents');
    await expect(list).toBeHidden();
    await contents(page).getByRole('button').click();
    await list.getByRole('link', { name: 'The same review twice' }).click();
    await expect(list).toBeHidden();
    const bar = contents(page).getByRole('button', { name: /The same review twice/ });
    await expect(bar).toBeInViewport();
    const heading = page.getByRole('heading', { name: 'The same review twice' });
    const [top, bottom] = [await heading.boundingBox(), await bar.boundingBox()];
    expect(top!.y, 'the bar covers the heading').toBeGreaterThan(bottom!.y + bottom!.height - 1);
    await bar.press('Enter');
    await expect(list).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(list).toBeHidden();
    await expect(bar).toBeFocused();
  });
});

test('progress: sections, questions and cells count, are kept, listed and forgotten', async ({
  page,
}) => {
  await page.setViewportSize(WIDE);
  await page.goto(LESSON);
  const progress = contents(page).locator('[data-part="progress"]');
  const all = await page.evaluate(
    () => document.querySelectorAll('.prose > h2, notebook-cell, [data-question]').length,
  );
  await expect(progress).toHaveText(/^\s*$/);
  await page.getByText('Compare with the data').first().click();
  await expect(progress).toHaveText(`1 of ${all}`);
  await run(page, 'tokenize');
  await expect(progress).toHaveText(`2 of ${all}`);
  // A jump over sections reads none of them.
  await contents(page).getByRole('link', { name: 'What you know now' }).click();
  await expect(contents(page).locator('[aria-current]')).toHaveText('What you know now');
  await page.getByRole('heading', { name: 'Sources' }).scrollIntoViewIfNeeded();
  await expect(progress).toHaveText(`3 of ${all}`);
  await expect(contents(page).locator('li[data-done]')).toHaveText('What you know now');
  await page.reload();
  await expect(progress).toHaveText(`3 of ${all}`);

  await page.getByRole('navigation', { name: 'Site' }).getByText('Lessons').click();
  const item = page.locator('[data-lesson="read-the-data"]');
  await expect(item).toContainText(`3 of ${all}`);
  await page.getByRole('button', { name: 'Forget my progress' }).click();
  await expect(item).not.toContainText(`of ${all}`);
  await item.getByRole('link').click();
  await expect(progress).toHaveText(/^\s*$/);
});

test('the course lists every lesson in order, and those to come as plain text', async ({
  page,
}) => {
  await page.goto('lessons/');
  const orders = await page.locator('[data-lesson] .order').allInnerTexts();
  expect(orders.map(Number)).toEqual(orders.map(Number).toSorted((a, b) => a - b));
  const later = page.locator('li.later');
  await expect(later).not.toHaveCount(0);
  await expect(later.getByRole('link')).toHaveCount(0);

  const lessons = page.locator('[data-lesson] a');
  const titles = await lessons.allInnerTexts();
  await lessons.first().click();
  for (const title of titles.slice(1)) {
    const next = page.getByRole('navigation', { name: 'Other lessons' }).locator('.next');
    await expect(next).toContainText(title);
    await next.click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  }
});

test('the lesson as a file: Jupyter’s format, with the reader’s code', async ({ page }) => {
  await page.goto(LESSON);
  const draft = 'const words = ["my", "own"];\nconst review = { text: "my own" };';
  await setCode(page, 'tokenize', draft);
  const asked = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  const download = await asked;
  expect(download.suggestedFilename()).toBe('read-the-data.ipynb');
  const file = JSON.parse(await readFile((await download.path())!, 'utf8')) as {
    readonly nbformat: number;
    readonly cells: readonly { readonly cell_type: string; readonly source: readonly string[] }[];
  };
  expect(file.nbformat).toBe(4);
  const sources = (type: string): string[] =>
    file.cells.filter(({ cell_type }) => cell_type === type).map(({ source }) => source.join(''));
  expect(sources('code')).toHaveLength(await page.locator('notebook-cell').count());
  expect(sources('code')[0]).toBe(draft);
  const text = sources('markdown').join('\n\n');
  expect(text).toContain('# Read the data');
  expect(text).toContain('\n## Few words do most of the work\n');
  expect(text).toContain('- **Clear opinions only.** A review');
  expect(text).toMatch(/\[Figure \d\]\(http:[^)]*#figure-lengths\) How long reviews are/);
  expect(text).toContain('| All in the training half |');
  expect(text).toContain('Keep 5,000 words, and it stays.');
  expect(text).toContain('for positive. (The stars themselves are not in our copy.)');
  expect(text, 'the text of the review in the figure stays on the page').not.toContain('VHS');
  expect(text).not.toMatch(/[\uE000\uE001]|<(?:div|span|p)\b/);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('no accessibility violation with a card open', async ({ page }) => {
      await page.goto(LESSON);
      await term(page, 'padding').hover();
      await expect(card(page)).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await page.locator('a.cite').last().hover();
      await expect(card(page)).toContainText('Zipf');
      expect(await violations(page)).toEqual([]);
    });

    test('nor on a phone with contents, answers and solutions open', async ({ page }) => {
      await page.setViewportSize(PHONE);
      await page.goto(LESSON);
      for (const fold of await page.locator('.prose summary').all()) await fold.click();
      await contents(page).getByRole('button').click();
      await expect(page.locator('#contents')).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });
  });
}

test('a cell that has run once stays done when it fails later', async ({ page }) => {
  await page.goto(LESSON);
  await run(page, 'tokenize');
  await expectState(page, 'tokenize', 'done');
  await setCode(page, 'tokenize', 'throw new Error("no");');
  await page.keyboard.press('Shift+Enter');
  await expect(cellOf(page, 'tokenize')).toHaveAttribute('data-state', 'failed');
  await expect(contents(page).locator('[data-part="progress"]')).toHaveText(/^1 of/);
});
