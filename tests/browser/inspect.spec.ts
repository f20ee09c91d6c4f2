import type { Page } from '@playwright/test';
import { shiftOf, watchShift } from './layout-shift.ts';
import { expect, QUICK, test, trainInLab } from './site.ts';

const pane = (page: Page, id = 'first') => page.locator(`inspector-pane#${id}`);
const part = (page: Page, name: string, id = 'first') =>
  pane(page, id).locator(`[data-part="${name}"]`);
const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' });

async function own(page: Page, text: string): Promise<void> {
  await page.getByText('Your own', { exact: true }).click();
  await page.getByLabel('Your review').fill(text);
  await button(page, 'Look inside').click();
}

/** Trains the small network of the page to its end. */
async function train(page: Page, cell = 'LSTM'): Promise<void> {
  await page.locator('inspect-run').getByLabel('Layer').selectOption(cell);
  await button(page, 'Train it here').click();
  await expect(page.locator('inspect-run [data-part="status"]')).toHaveText(/^Epoch 2/, {
    timeout: 90_000,
  });
  await expect(button(page, 'Train it here')).toBeEnabled();
}

const logitIn = async (page: Page): Promise<number> => {
  const words = (await part(page, 'verdict').textContent())!;
  return Number(/logit ([+−][\d.]+)/.exec(words)![1]!.replace('−', '-'));
};

for (const width of [390, 1440]) {
  test(`it reads on arrival, and nothing moves at ${width} px`, async ({ page }) => {
    await watchShift(page);
    // As if the whole page were seen: what moves anywhere, counts.
    await page.setViewportSize({ width, height: 4500 });
    await page.goto('inspect/');
    await expect(part(page, 'verdict')).toHaveText(/^Negative, says the model/, {
      timeout: 60_000,
    });
    await expect(part(page, 'busy')).toHaveText('', { timeout: 30_000 });
    await expect(page).toHaveURL(/\?model=[a-z-]+&row=13969$/);
    await expect(part(page, 'strongest').locator('tr')).toHaveCount(8);
    expect(await shiftOf(page)).toBeLessThan(0.02);
    if (width < 1000) return;

    const map = part(page, 'states');
    const label = await map.getByRole('application').getAttribute('aria-label');
    const said = /(\d+) units over (\d+) timesteps, from ([+−][\d.]+) to ([+−][\d.]+)$/.exec(
      label!,
    )!;
    await map.getByText('Data as a table').click();
    await expect(map.locator('tbody tr')).toHaveCount(Number(said[2]));
    await expect(map.locator('thead th')).toHaveCount(2 + Number(said[1]));
    const cells = await map.locator('tbody td:not(:first-of-type)').allTextContents();
    const values = cells.map((text) => Number(text.replace('−', '-')));
    const ends = [said[3]!, said[4]!].map((text) => Number(text.replace('−', '-')));
    expect([Math.min(...values), Math.max(...values)]).toEqual(ends);
  });
}

test.describe('what can’t be had', () => {
  test.use({ serviceWorkers: 'block' });

  test('a model is named, and trying again helps', async ({ page, forgive }) => {
    forgive(/ERR_FAILED/);
    await page.context().route('**/models/**', (route) => route.abort());
    await page.goto('inspect/');
    const problem = part(page, 'problem-text');
    await expect(problem).toHaveText(/^The model [a-z-]+ could not be loaded/, { timeout: 60_000 });
    await page.context().unroute('**/models/**');
    await pane(page).getByRole('button', { name: 'Try again' }).click();
    await expect(part(page, 'verdict')).toHaveText(/says the model/, { timeout: 60_000 });
    await expect(problem).toBeHidden();
  });

  test('so is a file of the data', async ({ page, forgive }) => {
    forgive(/404/);
    const texts = '**/data/manifest.json';
    await page.context().route(texts, (route) => route.fulfill({ status: 404 }));
    await page.goto('inspect/');
    await expect(page.locator('inspect-page form [data-part="problem"]')).toHaveText(
      /^manifest\.json /,
      { timeout: 60_000 },
    );
    await expect(part(page, 'busy')).toHaveText('');
    await page.context().unroute(texts);
    await page.locator('inspect-page form').getByRole('button', { name: 'Try again' }).click();
    await expect(part(page, 'verdict')).toHaveText(/says the model/, { timeout: 60_000 });
  });
});

test('trains here, looks inside, and every panel goes back in time', async ({ page }) => {
  await page.goto('inspect/');
  await own(page, 'A wonderful film, moving and funny. Not boring for a minute; I loved it.');
  await train(page);
  await expect(part(page, 'name')).toHaveText(/after step 100$/);
  await expect(part(page, 'verdict')).toHaveText(/^(Positive|Negative), says the model/);
  const before = await logitIn(page);

  const scrub = page.getByLabel('Moment of the run');
  await scrub.fill('0');
  await expect(part(page, 'name')).toHaveText(/after step 0$/);
  await expect(part(page, 'busy')).toHaveText('');
  expect(Math.abs(await logitIn(page))).toBeLessThan(0.2);
  await expect(page).toHaveURL(/model=here%400/);
  await scrub.fill(String(await scrub.getAttribute('max')));
  await expect(part(page, 'name')).toHaveText(/after step 100$/);
  await expect.poll(() => logitIn(page)).toBe(before);

  await expect(part(page, 'busy')).toHaveText('');
  const rows = part(page, 'strongest').locator('tr');
  await expect(rows.first()).toBeVisible();

  await part(page, 'quantity').selectOption('f');
  await part(page, 'order').selectOption('similar');
  await expect(part(page, 'groups')).toHaveText(/move alike on this review: \d/);
  const map = part(page, 'states').getByRole('application');
  await expect(map).toHaveAttribute('aria-label', /16 units over 120 timesteps/);
  await map.click({ position: { x: 200, y: 30 } });
  const unit = await part(page, 'unit').inputValue();
  await button(page, 'Knock it out').click();
  await expect(part(page, 'knocked-out')).toHaveText(
    new RegExp(`of 400 validation reviews are judged right; without unit ${unit}, [\\d.]+`),
    { timeout: 30_000 },
  );
  await button(page, 'Find reviews that stir it').click();
  await expect(part(page, 'highest').locator('li')).toHaveCount(5, { timeout: 30_000 });
  await expect(part(page, 'lowest').locator('li')).toHaveCount(5);
});

test('occlusion in the table is the difference of two verdicts', async ({ page }) => {
  await page.goto('inspect/');
  await own(page, 'A wonderful film, moving and funny. Not boring for a minute; I loved it.');
  await train(page, 'GRU');
  await expect(part(page, 'busy')).toHaveText('');
  const row = part(page, 'strongest').locator('tr').first();
  const word = (await row.locator('th').textContent())!;
  const said = Number((await row.locator('td').first().textContent())!.replace('−', '-'));
  const whole = await logitIn(page);
  const text = 'A wonderful film, moving and funny. Not boring for a minute; I loved it.';
  const places = text.toLowerCase().split(word).length - 1;
  expect(places, `“${word}” stands there once`).toBe(1);
  await page.getByLabel('Your review').fill(text.replace(new RegExp(word, 'i'), 'xqzzt'));
  await page.getByLabel('Model', { exact: true }).selectOption('here');
  await button(page, 'Look inside').click();
  await expect(part(page, 'name')).toHaveText('Trained on this page');
  await expect.poll(async () => Math.abs(whole - (await logitIn(page)) - said)).toBeLessThan(0.011);
});

test('two models stand side by side; a bag of words says what it can’t show', async ({ page }) => {
  await page.goto('inspect/?model=bag-of-words&row=13969');
  await expect(part(page, 'limits')).toHaveText(/A bag of words has no memory/, {
    timeout: 60_000,
  });
  await expect(part(page, 'states-panel')).toBeHidden();
  await expect(part(page, 'strongest').locator('tr')).toHaveCount(8, { timeout: 30_000 });
  // It adds up: what a word adds is what is lost without it.
  for (const row of await part(page, 'strongest').locator('tr').all()) {
    const [occlusion, product] = await row.locator('td').allTextContents();
    expect(occlusion).toBe(product);
  }
  await expect(page.locator('[data-part="truth"]')).toHaveText(
    'Row 13,969, a training review. Its author’s rating was negative.',
  );
  await page.getByLabel('Beside it').selectOption('bag-of-words');
  await button(page, 'Look inside').click();
  await expect(part(page, 'name', 'second')).toHaveText(/Bag of words/);
  await expect(part(page, 'verdict', 'second')).toHaveText(
    (await part(page, 'verdict').textContent())!,
  );
  await expect(page).toHaveURL(/compare=bag-of-words&row=13969/);
});

test('a search finds reviews by their words', async ({ page }) => {
  await page.goto('inspect/');
  await page.getByText('Search', { exact: true }).first().click();
  await page.getByLabel('Words of the review').fill('waste of time');
  await page.getByLabel('Words of the review').press('Enter');
  const found = page.locator('[data-part="found"] li');
  await expect(found).toHaveCount(12, { timeout: 60_000 });
  await expect(found.first().locator('strong')).toHaveText('waste');
  await page.getByLabel('Model', { exact: true }).selectOption('bag-of-words');
  await found.first().getByRole('button').click();
  await expect(part(page, 'verdict')).toHaveText(/^Negative/, { timeout: 60_000 });
  await page.getByText('Search', { exact: true }).first().click();
  await page.getByLabel('Words of the review').fill('xqzzt');
  await button(page, 'Find').click();
  await expect(page.locator('[data-part="found-text"]')).toHaveText(/has the word “xqzzt”/);
});

test('a hostile link opens, loads nothing and says what was wrong', async ({ page }) => {
  const query = new URLSearchParams({
    model: '<img src=x onerror=alert(1)>',
    compare: '../../data',
    row: '1e9',
    layer: '<script>',
    show: 'constructor',
    order: '__proto__',
    unit: '-1',
  });
  const heavy: string[] = [];
  page.on('request', (request) => {
    if (/worker|\/(models|data)\//.test(request.url())) heavy.push(request.url());
  });
  await page.goto(`inspect/?${query}#text=${'x'.repeat(5000)}`);
  const problem = page.locator('inspect-page form [data-part="problem"]');
  await expect(problem).toHaveText(/This site has no model "<img src=x/);
  await expect(problem).toHaveText(/This site has no model "..\/..\/data"/);
  await expect(problem).toHaveText(/row must be a whole number from 0 to \d+, not "1e9"/);
  await expect(problem).toHaveText(/show must be one of h, c, .*, not "constructor"/);
  await expect(problem).toHaveText(/order must be one of own, similar, last, not "__proto__"/);
  await expect(problem).toHaveText(/unit must be a whole number/);
  await expect(problem).toHaveText(/at most 4000 characters/);
  await expect(problem.locator('img')).toHaveCount(0);
  await page.waitForTimeout(2500);
  await expect(part(page, 'name')).toHaveText('No model yet');
  expect(heavy).toEqual([]);
});

test('a row that the data does not have is refused in words', async ({ page }) => {
  await page.goto('inspect/');
  await page.getByLabel('Row of the data').fill('999999');
  await button(page, 'Look inside').click();
  await expect(page.locator('inspect-page form [data-part="problem"]')).toHaveText(
    /no review with row number 999999/,
    { timeout: 60_000 },
  );
  await expect(button(page, 'Try again'), 'it would not help').toHaveCount(0);
});

test('a model that the lab keeps, or a file from there, can be looked into', async ({
  page,
}, info) => {
  await trainInLab(page, QUICK);
  await button(page, 'Keep in this browser').click();
  await expect(page.locator('lab-models [data-part="news"]')).toHaveText('The model is kept.');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    button(page, 'Download').click(),
  ]);
  const path = info.outputPath('model.zip');
  await download.saveAs(path);
  await page.goto('inspect/');
  const model = page.getByLabel('Model', { exact: true });
  const kept = model.locator('option', { hasText: '(kept here)' });
  await model.selectOption((await kept.getAttribute('value'))!);
  await own(page, 'A wonderful film.');
  await expect(part(page, 'verdict')).toHaveText(/says the model/, { timeout: 60_000 });
  await expect(page).toHaveURL(/model=kept%3A/);
  const verdict = (await part(page, 'verdict').textContent())!;
  await page.reload();
  await expect(part(page, 'verdict')).toHaveText(verdict, { timeout: 60_000 });
  await page.locator('inspect-page [data-part="file"]').setInputFiles(path);
  await expect(part(page, 'name')).toHaveText('model.zip');
  await expect(part(page, 'verdict')).toHaveText(verdict);
});
