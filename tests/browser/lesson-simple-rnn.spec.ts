import { formulaOf } from '../../src/components/rnn/step-markup.ts';
import { stepOf } from '../../src/components/rnn/step-math.ts';
import type { StepData } from '../../src/components/rnn/step-math.ts';
import { cellOf, expectState, outputOf, run } from './notebook.ts';
import { expect, test } from './site.ts';

test.beforeEach(({ page }) => page.goto('lessons/simple-rnn/'));

test('a step is the sum of its products, at every word that is looked at', async ({ page }) => {
  const figure = page.locator('one-step');
  const data = JSON.parse(
    (await figure.locator('[data-part="step-data"]').textContent())!,
  ) as StepData;
  const formula = figure.locator('[data-part="formula"]');
  for (const [word, unit] of [
    [0, 0],
    [5, 2],
    [data.words.length - 1, 1],
  ] as const) {
    await figure.getByLabel('Word', { exact: true }).fill(String(word));
    await figure.getByText(String(data.shown[unit]!.unit), { exact: true }).first().click();
    const step = stepOf(data, word, data.shown[unit]!);
    await expect(formula).toHaveText(formulaOf(step));
    await expect(figure.locator('.words .at')).toHaveText(data.words[word]!);
    await expect(figure.locator('[data-part="memory-bars"] rect')).toHaveCount(data.units);
  }
  await figure.getByText('Every product as a table').click();
  const products = await figure.locator('tbody tr td:nth-child(4)').allInnerTexts();
  const sum = products.reduce((total, text) => total + Number(text.replace('−', '-')), 0);
  const shown = await figure.locator('[data-part="word-sum"]').innerText();
  expect(sum, 'the rounded products add up').toBeCloseTo(Number(shown.replace('−', '-')), 1);
});

test('the shipped network reads a sentence of the reader’s', async ({ page }) => {
  await page.getByLabel('Now a sentence of yours').fill('What a waste of time. Terrible acting.');
  await page.getByRole('button', { name: 'Read it' }).click();
  const figure = page.locator('reading-figure');
  await expect(figure.locator('[data-part="status"]')).toContainText('Read here, on your machine', {
    timeout: 30_000,
  });
  await expect(figure.locator('[data-part="status"]')).toContainText('negative at the end');
});

test('the loop by hand is the layer, and without U it is not', async ({ page }) => {
  await run(page, 'unroll');
  const output = outputOf(page, 'unroll');
  const difference = async (): Promise<number> =>
    Number((await output.innerText()).match(/to the layer: (\S+)/)?.[1]);
  await expect.poll(difference, { timeout: 30_000 }).toBeLessThan(1e-6);
  await outputOf(page, 'by-hand').getByLabel('Use U, the memory').uncheck();
  await expect.poll(difference).toBeGreaterThan(1e-3);
  await expectState(page, 'unroll', 'done');
  await expect(cellOf(page, 'train-reader')).toHaveAttribute('data-state', 'new');
});

test('tanh and ReLU train side by side; a large step is the end of one', async ({ page }) => {
  const race = page.locator('training-race');
  const row = (name: string) => race.locator('[data-part="race-rows"] tr', { hasText: name });
  await race.locator('state-size').scrollIntoViewIfNeeded();
  await expect(race.locator('.plot-line .plot-empty:visible'), 'what will be drawn').toHaveText([
    /Guessing gets 50.%/,
    /Guessing gets 50.%/,
    /how large the state becomes/,
  ]);
  await expect(race.locator('.plot-line').first()).toContainText('ReLU');
  const before = (await race.boundingBox())!.height;
  await race.getByRole('button', { name: 'Train both' }).click();
  await expect(row('tanh').locator('td').nth(1), 'movement').toHaveText(/[1-9]/, {
    timeout: 30_000,
  });
  await expect(race.locator('[data-part="race-status"]')).toHaveText('Finished.', {
    timeout: 60_000,
  });
  for (const name of ['tanh', 'ReLU']) {
    const [training, held] = await Promise.all(
      [3, 4].map(async (column) =>
        Number.parseFloat(await row(name).locator('td').nth(column).innerText()),
      ),
    );
    expect(training, name).toBeGreaterThan(85);
    expect(held, name).toBeLessThan(training! - 10);
  }
  await expect(race.locator('.plot-line')).toHaveCount(3);
  const after = (await race.boundingBox())!.height;
  expect(Math.abs(after - before), 'as large as at rest').toBeLessThan(3);

  await page.getByRole('button', { name: 'Set the learning rate to 0.1' }).click();
  await race.getByRole('button', { name: 'Train both' }).click();
  await expect(race.locator('[data-part="race-status"]')).toHaveText('Finished. ReLU diverged.', {
    timeout: 60_000,
  });
  await expect(row('ReLU')).toContainText('diverged at step 2');
  await expect(row('tanh')).toContainText('done');
});

test('a race can be paused, and stopped', async ({ page }) => {
  const race = page.locator('training-race');
  const status = race.locator('[data-part="race-status"]');
  await race.getByRole('button', { name: 'Train both' }).click();
  await race.getByRole('button', { name: 'Pause' }).click();
  await expect(status).toHaveText(/^Paused at step/, { timeout: 30_000 });
  await race.getByRole('button', { name: 'Go on' }).click();
  await race.getByRole('button', { name: 'Stop' }).click();
  await expect(status).toHaveText(/^Stopped after step/);
  await expect(race.getByRole('button', { name: 'Train both' })).toBeVisible();
});

test('questions answer right and wrong', async ({ page }) => {
  const question = page.locator('[data-question="predict-parameters"]');
  await question.getByText('See the answer').or(question.locator('summary')).first().click();
  await question.getByText('Ten times as many').click();
  await expect(question.getByText('There is only one cell')).toBeVisible();
  await question.getByText('None.', { exact: true }).click();
  await expect(question.getByText('are the same at every word')).toBeVisible();
});
