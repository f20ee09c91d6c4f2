import type { Page } from '@playwright/test';
import { expectState, outputOf } from './notebook.ts';
import { expect, test } from './site.ts';

interface Hero {
  readonly timesteps: readonly { readonly text: string }[];
  readonly units: number;
  readonly h: readonly number[];
  readonly running: readonly number[];
}

const pane = (page: Page, id: string) => page.locator(`inspector-pane#${id}`);
const part = (page: Page, id: string, name: string) =>
  pane(page, id).locator(`[data-part="${name}"]`);
const heroOf = async (page: Page): Promise<Hero> =>
  JSON.parse((await page.locator('states-hero [data-part="hero"]').textContent())!) as Hero;

async function look(page: Page): Promise<void> {
  // A verdict may stand there already: the work has to begin and to end.
  const worked = part(page, 'states', 'busy').evaluate(
    (busy) =>
      new Promise<void>((resolve) => {
        let begun = false;
        new MutationObserver(() => {
          if (busy.textContent !== '') begun = true;
          else if (begun) resolve();
        }).observe(busy, { childList: true });
      }),
  );
  await page.getByRole('button', { name: 'Look inside' }).click();
  await worked;
  await expect(part(page, 'states', 'verdict')).toHaveText(/says the model/);
}

/** Scrolls a pane into sight, where it draws itself. */
async function see(page: Page, id: string): Promise<void> {
  await pane(page, id).scrollIntoViewIfNeeded();
  await expect(pane(page, id).getByRole('application').first()).toBeVisible();
}

test.beforeEach(({ page }) => page.goto('lessons/look-inside/'));

test('the hero works on arrival and plays the review', async ({ page }) => {
  const { timesteps, units, running } = await heroOf(page);
  const hero = page.locator('states-hero');
  await expect(hero.getByLabel(/^Hidden state after each word: /)).toHaveAttribute(
    'aria-label',
    new RegExp(
      `: ${units} units over ${timesteps.length} timesteps, from −0\\.\\d+ to \\+0\\.\\d+$`,
    ),
  );
  const step = hero.getByLabel('Words read');
  await step.fill('4');
  const shown = Math.round(1000 * running[4]!) / 10;
  await expect(
    hero.getByRole('application', { name: /^Probability of a positive review/ }),
  ).toHaveAttribute('aria-label', new RegExp(`to ${shown.toFixed(1)}% at timestep 5$`));
  await hero.getByRole('button', { name: /Play/ }).click();
  await expect.poll(() => step.inputValue()).not.toBe('4');
});

test('its figures show the hero’s network from all sides before anything runs', async ({
  page,
}) => {
  const heavy: string[] = [];
  let script = 0;
  const measured: Promise<void>[] = [];
  page.on('request', (request) => {
    if (/worker|\/(models|data)\//.test(request.url())) heavy.push(request.url());
  });
  page.on('requestfinished', (request) => {
    if (request.resourceType() !== 'script') return;
    measured.push(
      request.sizes().then(({ responseBodySize }) => void (script += responseBodySize)),
    );
  });
  await page.reload();
  const { running, timesteps } = await heroOf(page);
  await see(page, 'states');
  const side = running.at(-1)! < 0.5 ? 'Negative' : 'Positive';
  await expect(part(page, 'states', 'verdict')).toHaveText(new RegExp(`^${side}, says the model`));
  await see(page, 'unit');
  await part(page, 'unit', 'trace').getByText('Data as a table').click();
  await expect(part(page, 'unit', 'trace').locator('tbody tr')).toHaveCount(timesteps.length);
  await see(page, 'path');
  await expect(part(page, 'path', 'explained')).toHaveText(/hold [\d.]+.% of the movement/);
  await see(page, 'words');
  await expect(part(page, 'words', 'strongest').locator('tr')).toHaveCount(8);
  await see(page, 'moment');
  await expect(part(page, 'moment', 'name')).toHaveText('No network yet: train one above');
  await Promise.all(measured);
  expect(heavy).toEqual([]);
  expect(script).toBeLessThan(150_000);
});

test('the live figures agree with what the build worked out', async ({ page }) => {
  const { h, units, timesteps } = await heroOf(page);
  await see(page, 'states');
  const verdict = part(page, 'states', 'verdict');
  await expect(verdict).toHaveText(/says the model/);
  const built = (await verdict.textContent())!;
  await look(page);
  await expect(verdict).toHaveText(built);
  await see(page, 'unit');
  await part(page, 'unit', 'unit').fill('5');
  await part(page, 'unit', 'unit').press('Tab');
  await part(page, 'unit', 'trace').getByText('Data as a table').click();
  const rows = part(page, 'unit', 'trace').locator('tbody tr');
  await expect(rows).toHaveCount(timesteps.length);
  const values = await rows.locator('td:last-child').allTextContents();
  values.forEach((text, t) => {
    const value = Number(text.replace('−', '-'));
    expect(Math.abs(value - h[t * units + 4]!), `timestep ${t + 1}`).toBeLessThan(2e-3);
  });

  const answer = page.locator('.question', { hasText: 'largest weight' });
  await answer.locator('summary').click();
  const said = /without its loudest one, unit\s+(\d+),\s+([\d.]+)/.exec(
    (await answer.textContent())!,
  )!;
  await part(page, 'unit', 'unit').fill(said[1]!);
  await part(page, 'unit', 'unit').press('Tab');
  await part(page, 'unit', 'knock-out').click();
  await expect(part(page, 'unit', 'knocked-out')).toHaveText(
    new RegExp(`without unit ${said[1]}, ${said[2]!.replace('.', '\\.')}`),
    { timeout: 60_000 },
  );
  await part(page, 'unit', 'find-reviews').click();
  await expect(part(page, 'unit', 'highest').locator('li')).toHaveCount(5, { timeout: 60_000 });
});

test('gates, orders, path and words can be looked at', async ({ page }) => {
  await look(page);
  const quantity = part(page, 'states', 'quantity');
  for (const option of await quantity.locator('option').all()) {
    await quantity.selectOption((await option.getAttribute('value'))!);
  }
  await part(page, 'states', 'order').selectOption('similar');
  await expect(part(page, 'states', 'groups')).toHaveText(/move alike/);
  await see(page, 'path');
  await expect(part(page, 'path', 'explained')).toHaveText(/hold [\d.]+.% of the movement/);
  await part(page, 'path', 'path-step').fill('10');
  await see(page, 'words');
  await expect(part(page, 'words', 'strongest').locator('tr')).toHaveCount(8);
  await page.getByLabel('Review', { exact: true }).selectOption('own');
  await page.getByLabel('Your review').fill('Wonderful, wonderful, and wonderful again.');
  await look(page);
  await expect(part(page, 'states', 'verdict')).toHaveText(/^Positive/);
});

test('training can be rewound to the weights it began with', async ({ page }) => {
  await page.getByRole('button', { name: 'Train it here' }).click();
  await see(page, 'moment');
  const status = page.locator('inspect-run [data-part="status"]');
  await expect(status).toHaveText(/^Epoch 2/, { timeout: 90_000 });
  await expect(page.getByRole('button', { name: 'Train it here' })).toBeEnabled();
  await expect(part(page, 'moment', 'name')).toHaveText(/after step 100$/);
  await page.getByLabel('Moment of the run').fill('0');
  await expect(part(page, 'moment', 'name')).toHaveText(/after step 0$/);
  await expect(part(page, 'moment', 'busy')).toHaveText('');
  const verdict = (await part(page, 'moment', 'verdict').textContent())!;
  const logit = Number(/logit ([+−][\d.]+)/.exec(verdict)![1]!.replace('−', '-'));
  expect(Math.abs(logit), 'the verdict is close to even before the first step').toBeLessThan(0.2);
});

test('the cells train a network and hide each word in turn', async ({ page }) => {
  await page.getByRole('button', { name: 'Run all' }).click();
  await expectState(page, 'train-model', 'done');
  const bars = outputOf(page, 'occlusion').locator('svg g[aria-label="bar"] rect');
  await expect(bars).toHaveCount(10, { timeout: 120_000 });
});

test('questions are answered and solutions are hidden until asked for', async ({ page }) => {
  for (const question of await page.locator('.question').all()) {
    const right = question.locator('.reply.right');
    await question.locator('summary').click();
    await expect(right).toBeHidden();
    const replies = question.locator('.reply');
    const at = await replies.evaluateAll((all) =>
      all.findIndex((reply) => reply.classList.contains('right')),
    );
    await question.locator('label').nth(at).click();
    await expect(right).toBeVisible();
  }
  for (const solution of await page.locator('.exercise .solution').all()) {
    await expect(solution).toBeHidden();
  }
  expect(await page.locator('.exercise').count()).toBe(2);
});
