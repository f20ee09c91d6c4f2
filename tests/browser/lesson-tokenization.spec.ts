import { charactersOf, piecesOf, showWord } from '../../src/components/tokens/byte-pairs-text.ts';
import { cutText } from '../../src/components/tokens/cut-text.ts';
import { KERAS_FILTERS, learnBytePairs, tokenizeWords } from '../../src/core/text/index.ts';
import { cellOf, expectState, outputOf } from './notebook.ts';
import { expect, test } from './site.ts';

test.beforeEach(({ page }) => page.goto('lessons/tokenization/'));

test('the rules cut the text as the library does, and numbers follow', async ({ page }) => {
  const figure = page.locator('token-rules');
  const text = figure.locator('[data-part="text"]');
  const ids = figure.locator('[data-part="ids"] span');
  const shown = await text.innerText();
  const expectCut = async (rules: Partial<Parameters<typeof cutText>[1]>): Promise<void> => {
    const all = { cut: 'words', lower: true, breaks: false, filters: KERAS_FILTERS } as const;
    const { tokens } = cutText(shown, { ...all, ...rules });
    await expect(ids).toHaveText(tokens.map(({ id }) => String(id)));
    await expect(text, 'the text itself stays').toHaveText(shown, { useInnerText: true });
  };
  await expectCut({});
  const before = await ids.count();
  await figure.getByText('“<br />” is a space').click();
  await expectCut({ breaks: true });
  expect(await ids.count(), 'each line break was a token').toBe(before - 2);
  await figure.getByText('Small letters').click();
  await expectCut({ breaks: true, lower: false });
  await figure.getByLabel('Becomes a space when words are cut').fill(`${KERAS_FILTERS.trim()}'`);
  await expectCut({ breaks: true, lower: false, filters: `${KERAS_FILTERS}'` });
  await figure.getByText('White space', { exact: true }).click();
  await expectCut({ breaks: true, lower: false, cut: 'spaces' });
  await figure.getByText('Characters', { exact: true }).click();
  await expectCut({ breaks: true, lower: false, cut: 'characters' });
});

test('a token is looked at with the keyboard, and own text is cut too', async ({ page }) => {
  const figure = page.locator('token-rules');
  await figure.getByText('Your own', { exact: true }).click();
  await figure.getByLabel('Your text').fill('Well, well 👩‍🚀!');
  await expect(figure.locator('[data-part="ids"]')).toHaveText('4 4 5');
  await expect(figure.locator('[data-part="summary"]')).toContainText('3 tokens, 2 different');
  await figure.getByLabel('Look at a token').focus();
  await page.keyboard.press('ArrowRight');
  await expect(figure.locator('[data-part="pick-text"]')).toContainText(
    '“well” has the number 4. It stands at characters 7 to 10, and occurs 2 times',
  );
  await expect(figure.locator('[data-part="text"] .picked')).toHaveText('well');
});

test('byte pairs are learned as the library learns them', async ({ page }) => {
  const figure = page.locator('byte-pairs');
  await figure.scrollIntoViewIfNeeded();
  const json = await figure.locator('[data-part="words"]').textContent();
  const { merges } = learnBytePairs(new Map(JSON.parse(json!) as [string, number][]), {
    merges: 1000,
  });
  const text = await figure.locator('[data-part="text"]').innerText();
  const bar = figure.getByLabel('Merges learned');
  for (const count of [0, 1, 200, 1000]) {
    await bar.fill(String(count));
    const known = merges.slice(0, count);
    const pieces = piecesOf(text, known).filter(({ kind }) => kind !== undefined);
    await expect(figure.locator('[data-part="text"] span')).toHaveText(
      pieces.map((piece) => piece.text),
    );
    await expect(figure.locator('[data-part="summary"]')).toContainText(
      `${pieces.length} pieces instead of ${charactersOf(text)} characters`,
    );
    await expect(figure.locator('[data-part="word-pieces"]')).toHaveText(
      showWord('overacting', known),
    );
  }
  await expect(figure.locator('[data-part="word-pieces"]')).toHaveText('over | acting');
  await figure.getByLabel('Try a word').fill('zzz');
  await expect(figure.locator('[data-part="word-pieces"]')).toHaveText('z | z | z');
  await bar.fill('0');
  await figure.getByRole('button', { name: 'Play' }).click();
  await expect(figure.locator('[data-part="newest"]')).toContainText('t + h → th');
});

test('rows move, the bag and its score stay', async ({ page }) => {
  const figure = page.locator('word-bag');
  const bag = figure.locator('[data-part="counts"]');
  const rows = figure.locator('[data-part="rows"]');
  const score = figure.locator('[data-part="score"]');
  const before = { bag: await bag.innerText(), score: await score.innerText() };
  const first = await rows.innerText();
  await figure.getByText('not bad, it is good').click();
  await expect(rows).not.toHaveText(first, { useInnerText: true });
  expect(await bag.innerText()).toBe(before.bag);
  await expect(score).toHaveText(before.score);
  await figure.getByRole('button', { name: 'Shuffle the words' }).click();
  const words = await rows.locator('th').allInnerTexts();
  const order = words.map((word) => word.replace(/^\d+ /, ''));
  expect(order.toSorted()).toEqual(tokenizeWords('not bad, it is good').toSorted());
  expect(await bag.innerText()).toBe(before.bag);
  await expect(score).toHaveText(before.score);
});

test('the baseline learns in seconds, and can’t tell the two sentences apart', async ({ page }) => {
  await page.getByRole('button', { name: 'Run all' }).click();
  for (const name of ['rules', 'compare', 'bag', 'weights', 'order-blind']) {
    await expectState(page, name, 'done');
    await expect(cellOf(page, name).locator('[data-part="failure"]')).toBeHidden();
  }
  await expect(outputOf(page, 'baseline')).toContainText('Trained', { timeout: 60_000 });
  const said = await outputOf(page, 'baseline').innerText();
  const accuracies = [...said.matchAll(/(\d+\.\d)\s*%/g)].map(([, share]) => Number(share));
  expect(Math.max(...accuracies), `a share in “${said}”`).toBeGreaterThan(75);
  await expect(outputOf(page, 'weights').locator('svg').first()).toContainText('worst');
  const verdicts = outputOf(page, 'order-blind').locator('td.number');
  await expect(verdicts).toHaveCount(2);
  const [one, other] = await verdicts.allInnerTexts();
  expect(one).toMatch(/^0\.\d+$/);
  expect(one).toBe(other);
});

test('the questions answer', async ({ page }) => {
  for (const [id, right, wrong] of [
    ['predict-riddle', '7', '5'],
    ['check-pairs', 'It gets shorter', 'It stays'],
    ['predict-bag', 'Both', 'The second'],
  ] as const) {
    const question = page.locator(`[data-question="${id}"]`);
    await question.locator('summary').click();
    await question.getByText(wrong).first().click();
    await expect(question.getByText('Not quite.').locator('visible=true')).toHaveCount(1);
    await question.locator('label').filter({ hasText: right }).click();
    await expect(question.getByText('Right.').locator('visible=true')).toHaveCount(1);
  }
});
