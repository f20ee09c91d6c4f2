import { expect, runStatus, test } from './site.ts';

test('a permalink carries the settings of a run', async ({ page }) => {
  await page.goto('lab/');
  await page.locator('label', { hasText: 'GRU' }).click();
  await page.getByLabel('Units').fill('12');
  await page.getByLabel('Units').blur();
  await expect(page).toHaveURL(/cell=GRU&units=12$/);
  await page.reload();
  await expect(page.getByLabel('Units')).toHaveValue('12');
  await expect(page.getByRole('radio', { name: 'GRU' })).toBeChecked();
});

test('a hostile permalink opens, keeps the defaults and says what was wrong', async ({ page }) => {
  const query = new URLSearchParams({
    units: '1e9',
    maxlen: '-3',
    learningRate: 'NaN',
    cell: '<img src=x onerror=alert(1)>',
    seed: '1',
    __proto__: '1',
  });
  await page.goto(`lab/?${query}`);
  const problem = page.locator('lab-settings [data-part="problem"]');
  await expect(problem).toHaveText(/Units must be a whole number from 1 to 128, not 1000000000/);
  await expect(problem).toHaveText(/Length must be .* not -3/);
  await expect(problem).toHaveText(/Learning rate must be .* not NaN/);
  await expect(problem).toHaveText(/Recurrent layer must be SimpleRNN, LSTM, GRU/);
  await expect(page.getByLabel('Units')).toHaveValue('16');
  await expect(problem.locator('img')).toHaveCount(0);
});

for (const [label, value, message] of [
  ['Units', '0', 'Units must be a whole number from 1 to 128, not 0.'],
  ['Units', '2.5', 'Units must be a whole number from 1 to 128, not 2.5.'],
  ['Words kept', '', 'Words kept must be a whole number from 10 to 100000, not "".'],
  ['Length', 'many', 'Length must be a whole number from 2 to 500, not NaN.'],
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
