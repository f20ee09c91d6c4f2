import type { Page } from '@playwright/test';
import { cellOf, expectState, outputOf } from './notebook.ts';
import { expect, test } from './site.ts';

const LESSON = 'lessons/simple-rnn-vs-lstm/';

async function press(page: Page, id: string, key: string, times: number): Promise<void> {
  const slider = page.locator(`#${id}`);
  await slider.focus();
  for (let i = 0; i < times; i++) await slider.press(key);
}

/** "82.5 %" → 82.5 */
const percentIn = (text: string | null): number => Number(/([\d.]+)\s?%/.exec(text ?? '')?.[1]);

test('the valves follow the words, and their values make the cell', async ({ page }) => {
  await page.goto(LESSON);
  const now = page.locator('gate-reading [data-part="now-text"]');
  await expect(now).toHaveText(/the forget gate lets \d+\s?% of the cell through/);
  await press(page, 'gates-step', 'Home', 1);
  await expect(now).toHaveText(/^“‹start›”/);
  await press(page, 'gates-step', 'ArrowRight', 2);
  // The table of the diagram: new cell = forget × cell before + input × candidate.
  const cell = page.locator('gate-reading [data-part="cell"]');
  await cell.getByText('Data as a table').click();
  const head = await cell.locator('thead th').allInnerTexts();
  const column = (name: string): number => head.indexOf(name);
  const rows = await cell
    .locator('tbody tr')
    .evaluateAll((list) =>
      list.map((row) =>
        [...row.children].map(({ textContent }) => Number(textContent.replace('−', '-'))),
      ),
    );
  expect(rows.length).toBe(24);
  for (const row of rows) {
    const at = (name: string): number => row[column(name)]!;
    const kept = at('forget') * at('cell before') + at('input') * at('candidate');
    expect(Math.abs(at('new cell') - kept)).toBeLessThan(0.03);
    expect(Math.abs(at('new state') - at('output') * Math.tanh(at('new cell')))).toBeLessThan(0.03);
  }
  await page.locator('gate-reading').getByText('Output', { exact: true }).click();
  await expect(page.locator('gate-reading [data-part="units"] canvas')).toBeVisible();
});

test('half-lives follow the slider', async ({ page }) => {
  await page.goto(LESSON);
  const text = page.locator('half-life [data-part="gate-text"]');
  await expect(text).toHaveText(
    'A forget gate of 0.90 keeps half of what the cell holds for 6.6 words.',
  );
  await press(page, 'half-life-gate', 'End', 1);
  const words = Math.log(0.5) / Math.log(0.995);
  await expect(text).toContainText(
    `0.995 keeps half of what the cell holds for ${words.toFixed(1)} words`,
  );
});

test('a gate that is held is measured here, as it was when the page was built', async ({
  page,
}) => {
  await page.goto(LESSON);
  await page.locator('#figure-clamp summary').filter({ hasText: 'The forget gate, held' }).click();
  const built = await page
    .locator('#figure-clamp tbody tr')
    .filter({ has: page.getByRole('rowheader', { name: '0.5', exact: true }) })
    .locator('td')
    .innerText();
  const status = page.locator('clamp-gate [data-part="status"]');
  const measure = page.getByRole('button', { name: /^Hold it and read/ });
  await measure.click();
  await expect(status).toHaveText(/With the forget gate held at 0\.50: .* right/, {
    timeout: 60_000,
  });
  expect(Math.abs(percentIn(await status.innerText()) - percentIn(built))).toBeLessThan(1.1);
  // Nothing gets in: one verdict for all, and half of them are right.
  await page.locator('clamp-gate').getByText('Input', { exact: true }).click();
  await press(page, 'clamp-value', 'Home', 1);
  await measure.click();
  await expect(status).toHaveText(/With the input gate held at 0\.00: 50\.0\s?% right/, {
    timeout: 60_000,
  });
});

test('the race: gates win, and the weights are counted', async ({ page }) => {
  await page.goto(LESSON);
  await page.getByRole('button', { name: 'Start the race' }).click();
  const race = page.locator('#figure-race training-race');
  await expect(race.locator('[data-part="race-status"]')).toHaveText(/^Finished/, {
    timeout: 120_000,
  });
  const held = async (name: string): Promise<number> => {
    const row = race
      .locator('[data-part="race-rows"] tr')
      .filter({ has: page.getByRole('rowheader', { name, exact: true }) });
    return percentIn(await row.locator('td').nth(4).innerText());
  };
  const lstm = await held('LSTM');
  expect(lstm - (await held('SimpleRNN'))).toBeGreaterThan(8);
  expect(lstm - (await held('SimpleRNN, 38 units'))).toBeGreaterThan(8);
  await expect(race.locator('parameter-panel .plot svg .dots circle')).toHaveCount(4);
});

test('cells: an LSTM by hand, and its weights; a question answers', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(LESSON);
  for (const name of ['lstm-by-hand', 'count-weights']) {
    await cellOf(page, name).getByRole('button', { name: 'Run', exact: true }).click();
    await expectState(page, name, 'done');
  }
  await expect(outputOf(page, 'count-weights')).toContainText('2,112');
  const question = page.locator('[data-question="check-shut"]');
  await question.getByLabel('The same about both.').check();
  await question.getByText('See the answer').click();
  await expect(question.getByRole('strong').filter({ hasText: 'Right.' })).toBeVisible();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
