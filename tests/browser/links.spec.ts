import { expect, runStatus, test } from './site.ts';

test('a permalink carries the settings of a run', async ({ page }) => {
  await page.goto('lab/');
  const cell = page.getByLabel('Recurrent layer', { exact: true });
  const units = page.getByLabel('Units', { exact: true });
  await cell.selectOption('GRU');
  await units.fill('12');
  await units.blur();
  await expect(page).toHaveURL(/network\.layers\.0\.cell=GRU&network\.layers\.0\.units=12$/);
  await page.reload();
  await expect(units).toHaveValue('12');
  await expect(cell).toHaveValue('GRU');
});

test('a preset fills the form, and the link carries it with what was changed', async ({ page }) => {
  await page.goto('lab/');
  await page.getByLabel('Start from').selectOption('gru-lstm');
  await expect(page.getByLabel('Units (layer 2)')).toHaveValue('32');
  await expect(page.getByLabel('Length', { exact: true })).toHaveValue('400');
  await page.getByLabel('Recurrent layers').selectOption('3');
  await page.getByLabel('Units (layer 3)').fill('5');
  await page.getByLabel('Units (layer 3)').blur();
  await expect(page).toHaveURL(/\?preset=gru-lstm&network\.layers=3&network\.layers\.2\.cell=/);
  await page.reload();
  await expect(page.getByLabel('Units (layer 3)')).toHaveValue('5');
  await page.getByLabel('Recurrent layers').selectOption('0');
  await expect(page.getByLabel('Units', { exact: true })).toBeHidden();
  await expect(page).toHaveURL(/network\.pooling=average/);
});

test('a hostile permalink opens, keeps the defaults and says what was wrong', async ({ page }) => {
  const query = new URLSearchParams({
    preset: '<img src=x onerror=alert(1)>',
    'network.layers.0.units': '1e9',
    'network.layers.0.cell': '<img src=x onerror=alert(1)>',
    'text.maxlen': '-3',
    'training.learningRate': 'NaN',
    'training.seed': '1',
    '__proto__.x': '1',
  });
  await page.goto(`lab/?${query}`);
  const problem = page.locator('lab-settings [data-part="problem"]');
  await expect(problem).toHaveText(/Units must be a whole number from 1 to 512, not 1000000000/);
  await expect(problem).toHaveText(/Length must be .* not -3/);
  await expect(problem).toHaveText(/Learning rate must be .* not NaN/);
  await expect(problem).toHaveText(/Recurrent layer must be one of SimpleRNN, LSTM, GRU/);
  await expect(problem).toHaveText(/There is no preset of the name/);
  await expect(page.getByLabel('Units', { exact: true })).toHaveValue('16');
  await expect(problem.locator('img')).toHaveCount(0);
});

for (const [label, value, message] of [
  ['Units', '0', 'Units must be a whole number from 1 to 512, not 0.'],
  ['Units', '2.5', 'Units must be a whole number from 1 to 512, not 2.5.'],
  ['Words kept', '', 'Words kept must be a whole number from 10 to 130000, not "".'],
  ['Length', 'many', 'Length must be a whole number from 2 to 4000, not NaN.'],
  ['Learning rate', '-1', 'Learning rate must be a number from 0.000001 to 1, not -1.'],
] as const) {
  test(`${label} = “${value}” is refused at the field, before anything runs`, async ({ page }) => {
    await page.goto('lab/');
    await page.getByLabel(label, { exact: true }).fill(value);
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await expect(page.getByRole('alert').filter({ hasText: message })).toBeVisible();
    await expect(page.getByLabel(label, { exact: true })).toHaveAttribute('aria-invalid', 'true');
    await expect(runStatus(page)).toHaveText(/^Nothing has run yet/);
  });
}
