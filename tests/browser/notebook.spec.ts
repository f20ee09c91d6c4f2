import { AxeBuilder } from '@axe-core/playwright';
import { globSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import {
  cellOf,
  codeOf,
  expectCode,
  expectState,
  LESSON,
  outputOf,
  run,
  setCode,
} from './notebook.ts';
import { expect, test } from './site.ts';

const lessons = Map.groupBy(globSync('src/lessons/*/cells/*.ts').toSorted(), (path) =>
  basename(dirname(dirname(path))),
);

for (const [lesson, cells] of lessons) {
  test(`every cell of ${lesson} runs`, async ({ page }) => {
    await page.goto(`lessons/${lesson}/`);
    await page.getByRole('button', { name: 'Run all', exact: true }).click();
    for (const path of cells) {
      const cell = cellOf(page, basename(path, '.ts'));
      await expect(cell, path).toHaveAttribute('data-state', /done|failed/, { timeout: 60_000 });
      await expect(cell.locator('[data-part="failure"]'), path).toBeHidden();
      await expect(cell.locator('[data-part="output"]'), path).not.toBeEmpty();
    }
  });
}

test('trains in the worker, and a cell that waits reads along', async ({ page }) => {
  await page.goto(LESSON);
  await run(page, 'read-along');
  await expect(outputOf(page, 'train-model')).toContainText('Trained', { timeout: 60_000 });
  await expect(outputOf(page, 'train-model')).toContainText('40 of 40');
  await expect(outputOf(page, 'read-along').locator('svg').first()).toBeVisible();
  await expectState(page, 'tokenize', 'done');
  await expectState(page, 'chart', 'new');
});

test('an edit makes what depends on it stale; its run brings all up to date', async ({ page }) => {
  await page.goto(LESSON);
  await setCode(
    page,
    'tokenize',
    "const words = ['the', 'film']; const review = { text: 'the film' };",
  );
  await run(page, 'pad');
  await expect(outputOf(page, 'pad')).toContainText('shape [1, 120]');
  await setCode(
    page,
    'tokenize',
    "const words = ['the', 'end']; const review = { text: 'the end' };",
  );
  await expectState(page, 'tokenize', 'stale');
  await expectState(page, 'pad', 'stale');
  await expect(cellOf(page, 'tokenize').getByText('edited')).toBeVisible();
  await page.keyboard.press('Shift+Enter');
  await expectState(page, 'pad', 'done');
  await expect(outputOf(page, 'pad')).toContainText('"end"');
});

test('drafts outlive the page; reset brings the lesson back and keeps the draft near', async ({
  page,
}) => {
  await page.goto(LESSON);
  const original = await codeOf(page, 'tokenize');
  const draft = 'const words = [1, 2, 3];';
  await setCode(page, 'tokenize', draft);
  await run(page, 'tokenize');
  await expectState(page, 'tokenize', 'done');
  await page.reload();
  const cell = cellOf(page, 'tokenize');
  await expect(cell.getByText('edited')).toBeVisible();
  await expectCode(page, 'tokenize', draft);
  await expectState(page, 'tokenize', 'new');
  await expect(outputOf(page, 'tokenize')).toBeEmpty();
  await cell.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect(cell.getByText('edited')).toBeHidden();
  await expectCode(page, 'tokenize', original);
  await cell.getByRole('button', { name: 'Back to my draft' }).click();
  await expectCode(page, 'tokenize', draft);
  await page.getByRole('button', { name: 'Reset lesson' }).click();
  await expectCode(page, 'tokenize', original);
});

test('a link brings code as a comparison, and runs none of it', async ({ page, context }) => {
  await page.goto(LESSON);
  const evil = "globalThis.ran = true; const words = ['from', 'the', 'link'];";
  await setCode(page, 'tokenize', evil);
  await page.locator('#vocabulary-size').fill('3');
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page).toHaveURL(/#notebook=/);
  const link = page.url();
  const other = await context.browser()!.newContext();
  const visitor = await other.newPage();
  await visitor.goto(new URL(`/${LESSON}`, link).href);
  await setCode(visitor, 'tokenize', 'const words = ["my own"];');
  await visitor.waitForTimeout(600);
  await visitor.goto('about:blank');
  await visitor.goto(link);
  await expect(visitor.locator('#vocabulary-size')).toHaveValue('3');
  const cell = cellOf(visitor, 'tokenize');
  await expect(cell.locator('ins')).toContainText('from');
  await expect(cell.locator('del')).toContainText('my own');
  await visitor.getByRole('button', { name: 'Run all', exact: true }).click();
  await expectState(visitor, 'tokenize', 'done');
  const ran = (): Promise<unknown> => visitor.evaluate(() => (globalThis as { ran?: boolean }).ran);
  expect(await ran()).toBeUndefined();
  await cell.getByRole('button', { name: 'Run this code' }).click();
  await expect(outputOf(visitor, 'tokenize')).toContainText('link');
  expect(await ran()).toBe(true);
  await cell.getByRole('button', { name: 'Back to my draft' }).click();
  await expectCode(visitor, 'tokenize', 'const words = ["my own"];');
  await other.close();
});

for (const [what, hash] of [
  ['damaged', '#notebook=AAAA____'],
  ['foreign', '#notebook=!!'],
] as const) {
  test(`a ${what} link is refused in words and loses nothing`, async ({ page }) => {
    await page.goto(LESSON);
    await setCode(page, 'tokenize', 'const words = [7];');
    await run(page, 'tokenize');
    await expectState(page, 'tokenize', 'done');
    await page.goto('about:blank');
    await page.goto(LESSON + hash);
    await expect(page.getByText(/can’t be read/)).toBeVisible();
    expect(await codeOf(page, 'tokenize')).toBe('const words = [7];');
  });
}

test('a browser that keeps nothing says so, and cells run all the same', async ({ page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('Not here.', 'SecurityError');
    };
  });
  await page.goto(LESSON);
  await expect(page.getByText(/refuses to keep your changes/)).toBeVisible();
  await setCode(page, 'tokenize', 'const words = ["kept", "nowhere"];');
  await page.keyboard.press('Shift+Enter');
  await expect(outputOf(page, 'tokenize')).toContainText('nowhere');
});

test('an endless loop leaves the page alive, stops at once, and its code is kept', async ({
  page,
}) => {
  await page.goto(LESSON);
  const endless = 'let turns = 0;\nwhile (true) turns++;';
  await setCode(page, 'tokenize', endless);
  await page.keyboard.press('Shift+Enter');
  await expectState(page, 'tokenize', 'running');
  // The page answers meanwhile.
  await page.getByLabel('Theme').selectOption('dark');
  await cellOf(page, 'tokenize').getByRole('button', { name: 'Stop' }).click();
  await expect(cellOf(page, 'tokenize')).toHaveAttribute('data-state', 'stopped', {
    timeout: 1000,
  });
  await page.reload();
  await expectCode(page, 'tokenize', endless);
  await expectState(page, 'tokenize', 'new');
});

test('a page that dies in a run opens again with the code, and runs nothing', async ({ page }) => {
  await page.goto(LESSON);
  await setCode(page, 'tokenize', 'while (true) {}');
  await page.keyboard.press('Shift+Enter');
  await expectState(page, 'tokenize', 'running');
  await page.reload();
  await expect(page.getByText(/was closed while tokenize ran/)).toBeVisible();
  await expectCode(page, 'tokenize', 'while (true) {}');
  await expectState(page, 'tokenize', 'new');
});

test('an endless loop in a plain function is ended, and told with its line', async ({ page }) => {
  await page.goto(LESSON);
  await setCode(page, 'tokenize', 'const spin = () => {\n  for (;;) {}\n};\nspin();');
  await page.keyboard.press('Shift+Enter');
  const failure = cellOf(page, 'tokenize').locator('[data-part="failure"]');
  await expect(failure).toContainText('held the page for 2 seconds');
  await expect(failure).toContainText('Line 2');
});

test('an error stands at its cell with the line', async ({ page }) => {
  await page.goto(LESSON);
  await setCode(
    page,
    'tokenize',
    '// one\nconst words = null as unknown as string[];\nwords.length;',
  );
  await page.keyboard.press('Shift+Enter');
  const cell = cellOf(page, 'tokenize');
  await expect(cell.locator('[data-part="failure"]')).toContainText('Line 3');
  await expect(cell.locator('.cm-failed-line')).toHaveText('words.length;');
  await expect(page.locator('main [data-part="said"]')).toContainText('tokenize failed in line 3');
  await setCode(page, 'tokenize', 'const a = ;');
  await page.keyboard.press('Shift+Enter');
  await expect(cell.locator('[data-part="failure"]')).toContainText('Line 1');
});

test('with the keyboard alone: in, change, run, out, on', async ({ page }) => {
  await page.goto(LESSON);
  const code = cellOf(page, 'tokenize').locator('[data-part="code"]');
  await cellOf(page, 'tokenize').getByRole('button', { name: 'Run' }).focus();
  await page.keyboard.press('Tab');
  await expect(code).toBeFocused();
  await page.keyboard.press('Enter');
  const content = cellOf(page, 'tokenize').locator('.cm-content');
  await expect(content).toBeFocused();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText('const words = ["by", "keys"];');
  await page.keyboard.press('Shift+Enter');
  await expect(outputOf(page, 'tokenize')).toContainText('keys');
  await page.keyboard.press('Control+m');
  await page.keyboard.press('Tab');
  await expect(content).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(code).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(cellOf(page, 'count-words').locator('[data-part="code"]')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(content).toBeFocused();
  // Tab leaves the editor without a word.
  await page.keyboard.press('Tab');
  await expect(content).not.toBeFocused();
});

test('a model with code of its own is refused by name', async ({ page }) => {
  await page.goto(LESSON);
  await setCode(
    page,
    'train-model',
    `class Twice extends tf.layers.Layer {
  static className = 'Twice';
  call(x: any) { return tf.mul(x, 2); }
}
const model = tf.sequential({ layers: [
  tf.layers.embedding({ inputDim: 100, outputDim: 4, inputLength: 20 }),
  tf.layers.globalAveragePooling1d({}),
  new Twice({ name: 'my_twice' }),
  tf.layers.dense({ units: 1 }),
] });
const progress = train(model);`,
  );
  await page.keyboard.press('Shift+Enter');
  const failure = cellOf(page, 'train-model').locator('[data-part="failure"]');
  await expect(failure).toContainText('my_twice');
  await expect(failure).toContainText('Twice');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no accessibility violation at work, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(LESSON);
    await run(page, 'chart');
    await expectState(page, 'chart', 'done');
    await setCode(page, 'tokenize', 'null.x;');
    await page.keyboard.press('Shift+Enter');
    await expectState(page, 'tokenize', 'failed');
    await setCode(page, 'count-words', 'const counts = [], howMany = 3;');
    await expectState(page, 'chart', 'stale');
    const { violations } = await new AxeBuilder({ page }).include('main').analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`),
    ).toEqual([]);
  });
}
