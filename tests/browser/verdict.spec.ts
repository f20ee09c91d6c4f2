import type { Page } from '@playwright/test';
import { expect, QUICK, test, trainInLab } from './site.ts';

const headline = (page: Page) => page.locator('lab-verdict [data-part="verdict"]');
const detail = (page: Page) => page.locator('lab-verdict [data-part="detail"]');

async function ask(page: Page, review: string): Promise<void> {
  await page.getByLabel(/Write what you think/).fill(review);
  await page.getByRole('button', { name: 'Ask the model' }).click();
}

test('the model cannot be asked before it is trained', async ({ page }) => {
  await page.goto('lab/');
  await expect(page.getByRole('button', { name: 'Ask the model' })).toBeDisabled();
  await expect(page.getByText('The model needs training first.')).toBeVisible();
});

test('a trained model tells praise from complaint', async ({ page }) => {
  await trainInLab(page, 'training.seed=1');
  await ask(page, 'I loved every minute of this wonderful, moving film. Great acting, excellent!');
  await expect(headline(page)).toHaveText(/^Positive, says the model/);
  await ask(
    page,
    'The worst film I have ever seen: boring, stupid, awful acting, a waste of time.',
  );
  await expect(headline(page)).toHaveText(/^Negative, says the model/);
});

test('a review without a known word gets no verdict', async ({ page }) => {
  await trainInLab(page, QUICK);
  await ask(page, '');
  await expect(headline(page)).toHaveText('There is no word to read.');
  await ask(page, 'xqzzt vrumpfle 好 ✨');
  await expect(headline(page)).toHaveText(/^No verdict/);
  await ask(page, ' ... !!! <> ');
  await expect(headline(page)).toHaveText('There is no word to read.');
  await ask(page, 'a xqzzt film');
  await expect(detail(page)).toHaveText(/3 words read\. Unknown to it: xqzzt\./);
  await ask(page, 'good '.repeat(30));
  await expect(detail(page)).toHaveText(/ 10 did not fit/);
});

test('a review of the test set comes with its true label', async ({ page }) => {
  await trainInLab(page, QUICK);
  await page.getByRole('button', { name: 'A review from the test set' }).click();
  await expect(detail(page)).toHaveText(
    /rating was (positive|negative) \(row \d+ of the data set\)/,
  );
  const text = await page.getByLabel(/Write what you think/).inputValue();
  expect(text.split(/\s+/).length).toBeGreaterThan(4);
});
