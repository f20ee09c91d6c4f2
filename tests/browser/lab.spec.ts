import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, QUICK, runStatus, test, TINY, trainInLab } from './site.ts';

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' });
const part = (page: Page, element: string, name: string) =>
  page.locator(`${element} [data-part="${name}"]`);
const withSettings = (query: string, changes: Record<string, string>): string => {
  const settings = new URLSearchParams(query);
  for (const [path, value] of Object.entries(changes)) settings.set(path, value);
  return settings.toString();
};

async function verdictOn(page: Page, review: string): Promise<string> {
  await page.getByLabel(/Write what you think/).fill(review);
  await button(page, 'Ask the model').click();
  const headline = part(page, 'lab-verdict', 'verdict');
  await expect(headline).toHaveText(/says the model/);
  return (await headline.textContent())!;
}

test('a run goes on after its tab was reloaded in mid-epoch', async ({ page }) => {
  await page.goto(`lab/?${withSettings(QUICK, { 'training.epochs': '100' })}`);
  await button(page, 'Train').click();
  const saved = part(page, 'lab-saved', 'list').locator('li');
  await expect(saved).toHaveCount(1);
  await page.reload();
  await expect(saved).toHaveCount(1);
  const step = Number(/Step ([\d,]+)/.exec((await saved.textContent())!)![1]!.replace(',', ''));
  await saved.getByRole('button', { name: /^Go on/ }).click();
  await expect(part(page, 'lab-run', 'notes')).toHaveText(`The run goes on from step ${step}.`);
  await expect(page.getByLabel('Epochs', { exact: true })).toHaveValue('100');
  await expect(runStatus(page)).toHaveText(/^Training, epoch/);
  await button(page, 'Stop').click();
  await expect(runStatus(page)).toHaveText(/^Stopped in epoch/);
  await saved.getByRole('button', { name: /^Remove/ }).click();
  await expect(page.locator('lab-saved')).toBeHidden();
});

test('a diverged run shows its last steps and is replayed with clipping', async ({ page }) => {
  const wild = {
    'training.optimizer': 'sgd',
    'training.learningRate': '1',
    'training.l2': '1',
    'training.epochs': '60',
  };
  await page.goto(`lab/?${withSettings(TINY, wild)}`);
  await button(page, 'Train').click();
  await expect(runStatus(page)).toHaveText('The run has failed.', { timeout: 60_000 });
  await expect(part(page, 'lab-flight', 'trouble')).toHaveText(/^The trouble began at step \d+/);
  await page.getByText('The last steps', { exact: true }).click();
  const rows = part(page, 'lab-flight', 'rows').locator('tr');
  expect(await rows.count()).toBeGreaterThan(1);
  await button(page, /^Replay from step \d+ with clipping$/).click();
  await expect(part(page, 'lab-run', 'notes')).toHaveText(/^The run goes on from step \d+\.$/);
  await expect(page.locator('lab-flight')).toBeHidden();
  await expect(runStatus(page)).toHaveText(/^Finished/, { timeout: 60_000 });
  await expect(page.getByLabel('Clipping', { exact: true })).toHaveValue('global_clipnorm');
});

test('the test set is read on demand, and every figure of its panel agrees', async ({ page }) => {
  await trainInLab(page, QUICK);
  await button(page, 'Read the test set').click();
  const headline = part(page, 'lab-test', 'headline');
  await expect(headline).toHaveText(/judged right/, { timeout: 60_000 });
  const said = /^([\d.]+).% of 1,000 test reviews .* AUC ([\d.]+),/.exec(
    (await headline.textContent())!,
  )!;
  const right = Math.round(Number(said[1]) * 10);
  await expect(
    page.getByLabel(`Verdicts on the test reviews: ${right} of 1,000 verdicts are right`),
  ).toBeVisible();
  await expect(part(page, 'lab-test', 'roc')).toContainText(Number(said[2]).toFixed(3));
  const more = button(page, 'More mistakes');
  const mistakes = part(page, 'lab-test', 'mistakes').locator('li');
  await expect(mistakes).toHaveCount(10);
  await more.click();
  await expect(mistakes).toHaveCount(20);
  await mistakes
    .first()
    .getByRole('button', { name: /^Read row/ })
    .click();
  await expect(mistakes.first().locator('.review-text')).toHaveText(/\w+ \w+ \w+/);
  await page.getByLabel('First', { exact: true }).selectOption('shortest');
  await expect(mistakes).toHaveCount(10);
  const accuracy = `${said[1]}\u202f%`;
  await expect(part(page, 'lab-history', 'rows').locator('tr')).toContainText(accuracy);
});

test('a model leaves as a file and comes back; a torn file is refused', async ({ page }, info) => {
  await trainInLab(page, TINY);
  const before = await verdictOn(page, 'a great film');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    button(page, 'Download').click(),
  ]);
  const path = info.outputPath('model.zip');
  await download.saveAs(path);
  const zip = await readFile(path);
  await button(page, 'Keep in this browser').click();
  await expect(part(page, 'lab-models', 'news')).toHaveText('The model is kept.');
  await page.reload();
  const choose = (buffer: Buffer) =>
    part(page, 'lab-models', 'file').setInputFiles({
      name: 'model.zip',
      mimeType: 'application/zip',
      buffer,
    });
  await choose(zip.subarray(0, zip.length - 100));
  await expect(part(page, 'lab-models', 'problem')).toHaveText(/archive|zip/i);
  await expect(button(page, 'Ask the model')).toBeDisabled();
  await choose(zip);
  await expect(part(page, 'lab-models', 'news')).toHaveText('model.zip is open. Ask it.');
  await expect(part(page, 'lab-models', 'problem')).toBeHidden();
  expect(await verdictOn(page, 'a great film')).toBe(before);
  await button(page, /^Open A small LSTM|^Open SimpleRNN 4/).click();
  await expect(part(page, 'lab-models', 'news')).toHaveText(/is open/);
  expect(await verdictOn(page, 'a great film')).toBe(before);
});

test('runs of a visit are compared', async ({ page }) => {
  await trainInLab(page, TINY);
  await page.getByLabel('Seed', { exact: true }).fill('2');
  await button(page, 'Train').click();
  const rows = part(page, 'lab-history', 'rows').locator('tr');
  await expect(rows).toHaveCount(2, { timeout: 60_000 });
  const plot = part(page, 'lab-history', 'loss-plot');
  await expect(plot).toContainText('seed 1');
  await rows.last().getByRole('checkbox').uncheck();
  await expect(plot).not.toContainText('seed 1');
});

test('the verdict is shown after each word', async ({ page }) => {
  await trainInLab(page, TINY);
  await verdictOn(page, 'A dull, xqzzt film');
  await expect(
    page.getByLabel(/coloured by the verdict after each: 3 words, 1 unknown/),
  ).toBeVisible();
  await expect(page.getByLabel(/after each word: probability from .* at word 4$/)).toBeVisible();
});
