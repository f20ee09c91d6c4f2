import { costOf, describeCost } from '../../src/components/embedding/cost-text.ts';
import { describeLookup, number } from '../../src/components/embedding/lookup-text.ts';
import { cosineText } from '../../src/components/embedding/neighbour-text.ts';
import { WordVectors } from '../../src/components/embedding/word-vectors.ts';
import { readModelFolder } from '../../src/api/model-folder.ts';
import { loadModel } from '../../src/core/models/archive/model-archive.ts';
import { expectState, outputOf } from './notebook.ts';
import { expect, test } from './site.ts';

test.beforeEach(({ page }) => page.goto('lessons/embedding/'));

test('the map and its neighbours are those of the shipped weights', async ({ page }) => {
  const { model, words } = await loadModel(await readModelFolder('public/models/lstm-rmsprop'));
  const table = model.getLayer('embedding').getWeights()[0]!;
  const vectors = new WordVectors(words, {
    values: table.dataSync<'float32'>(),
    size: table.shape[1]!,
  });
  const figure = page.locator('word-map');
  const { points } = JSON.parse((await figure.locator('[data-part="map"]').textContent())!) as {
    points: { label: string; x: number; y: number }[];
  };
  for (const [i, { label, x, y }] of vectors.map().points.entries()) {
    expect(points[i]!.label).toBe(label);
    expect(points[i]!.x, label).toBeCloseTo(x, 4);
    expect(points[i]!.y, label).toBeCloseTo(y, 4);
  }
  for (const word of ['worst', 'good', 'the']) {
    await figure.getByLabel('Neighbours of').selectOption(word);
    await expect(figure.locator('.neighbours li')).toHaveText(
      vectors.neighbours(word, 8).map((other) => `${other.word} ${cosineText(other.similarity)}`),
    );
  }
  await expect(figure.locator('canvas')).toBeVisible();
});

test('a lookup is one-hot times the table', async ({ page }) => {
  const figure = page.locator('vector-lookup');
  const rows = JSON.parse((await figure.getAttribute('data-rows'))!) as {
    word: string;
    values: number[];
  }[];
  for (const picked of [0, 3, rows.length - 1]) {
    await figure.getByLabel('Word').fill(String(picked));
    await expect(figure.locator('[data-part="sum"] td')).toHaveText(
      rows[picked]!.values.map((value) => number(value).trim()),
    );
    await expect(figure.locator('[data-part="said"]')).toHaveText(describeLookup(rows, picked));
    await expect(figure.locator('[data-hot]')).toHaveText(
      rows.map((_, row) => (row === picked ? '1' : '0')),
    );
  }
});

test('the price follows the sliders', async ({ page }) => {
  const figure = page.locator('embedding-cost');
  await expect(figure.locator('[data-part="said"]')).toHaveText(describeCost(costOf(10_000, 128)));
  await figure.getByLabel('Words', { exact: true }).fill('0');
  await figure.getByLabel('Numbers a word').fill('0');
  await expect(figure.locator('[data-part="said"]')).toHaveText(describeCost(costOf(500, 1)));
});

test('good and bad drift apart while it learns', async ({ page }) => {
  const race = page.locator('training-race');
  await race.getByRole('button', { name: 'Train it' }).click();
  const said = race.locator('[data-part="drift-said"]');
  await expect(said).toContainText('Step', { timeout: 30_000 });
  await expect(race.locator('[data-part="race-status"]')).toHaveText('Finished.', {
    timeout: 90_000,
  });
  await expect(said).toContainText('Step 397.');
  const cosine = /“bad”: (−?)(\d\.\d+)/.exec(await said.innerText())!;
  expect(Number(`${cosine[1] ? '-' : ''}${cosine[2]}`)).toBeLessThan(-0.7);
  const share = /(\d+\.\d)\s*% lies/.exec(await said.innerText())!;
  expect(Number(share[1])).toBeGreaterThan(90);
  await expect(race.locator('[data-part="drift-before"] li')).toHaveCount(8);
  await expect(race.locator('[data-part="drift-now"] li')).toHaveCount(8);
  await race.getByLabel('Neighbours of').fill('great');
  await expect(race.locator('[data-part="drift-now"]')).toContainText(/wonderful|excellent/);
  await race.getByLabel('Neighbours of').fill('qqq');
  await expect(race.locator('[data-part="drift-hint"]')).toHaveText(/Not among the words/);
  await expect(race.locator('[data-part="drift-now"] li')).toHaveCount(0);
});

test('the cells run, and the questions answer', async ({ page }) => {
  await page.getByRole('button', { name: 'Run all' }).click();
  await expect(outputOf(page, 'learn')).toContainText('Trained', { timeout: 90_000 });
  for (const name of ['lookup', 'count', 'arithmetic']) await expectState(page, name, 'done');
  await expect(outputOf(page, 'count')).toContainText('1,280,000');
  const sums = outputOf(page, 'arithmetic').locator('table').first();
  await expect(sums.locator('tbody tr')).toHaveCount(8);
  for (const cosine of await sums.locator('td.number').allInnerTexts()) {
    expect(Number(cosine), 'on a line, everything is near').toBeGreaterThan(0.9);
  }
  for (const [id, right] of [
    ['predict-cost', 'More than nine tenths'],
    ['check-neighbours', 'negative reviews'],
  ] as const) {
    const question = page.locator(`[data-question="${id}"]`);
    await question.locator('summary').click();
    for (const label of await question.locator('label').all()) {
      await label.click();
      await expect(question.locator('.reply:visible')).toHaveCount(1);
    }
    await question.locator('label').filter({ hasText: right }).click();
    await expect(question.locator('.reply:visible')).toContainText('Right.');
  }
});
