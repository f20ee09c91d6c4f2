import { expect, QUICK, runStatus, test } from './site.ts';

const STARTER = /\/data\/starter\.[0-9a-f]+\.bin$/;
const LATER = /\/data\/(train|validation|test)-\d+\.[0-9a-f]+\.bin$/;

const train = { name: 'Train', exact: true } as const;

test.use({ serviceWorkers: 'block' });

test('a shard that arrives corrupt twice is named, and trying again helps', async ({ page }) => {
  let requests = 0;
  await page.context().route(STARTER, async (route) => {
    requests++;
    const response = await route.fetch();
    const body = await response.body();
    body[body.length >> 1]! ^= 0xff;
    await route.fulfill({ response, body });
  });
  await page.goto(`lab/?${QUICK}`);
  await page.getByRole('button', train).click();
  const problem = page.locator('lab-data [data-part="problem"]');
  await expect(problem).toHaveText(/^starter\.[0-9a-f]+\.bin .*Reload the page/);
  expect(requests, 'the first request and one retry').toBe(2);
  await expect(page.getByRole('button', { name: 'Reload the page' })).toBeVisible();

  await page.context().unroute(STARTER);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(problem).toBeHidden();
  await page.getByRole('button', train).click();
  await expect(runStatus(page)).toHaveText(/^Finished/, { timeout: 60_000 });
});

test('a shard that arrives corrupt once is fetched again without a word', async ({ page }) => {
  let requests = 0;
  await page.context().route(STARTER, async (route) => {
    if (++requests > 1) return route.continue();
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.body()).subarray(0, 1000) });
  });
  await page.goto(`lab/?${QUICK}`);
  await page.getByRole('button', train).click();
  await expect(runStatus(page)).toHaveText(/^Finished/, { timeout: 60_000 });
  expect(requests).toBeGreaterThan(1);
});

test('a missing shard is named', async ({ page, forgive }) => {
  forgive(/404/);
  await page.context().route(STARTER, (route) => route.fulfill({ status: 404 }));
  await page.goto(`lab/?${QUICK}`);
  await page.getByRole('button', train).click();
  await expect(page.locator('lab-data [data-part="problem"]')).toHaveText(
    /^starter\.[0-9a-f]+\.bin/,
  );
});

test('offline in the middle of loading: it waits, then goes on by itself', async ({
  page,
  forgive,
}) => {
  forgive(/ERR_INTERNET_DISCONNECTED/);
  let offline = false;
  let refused = 0;
  await page.context().route(LATER, (route) => {
    if (!offline) return route.continue();
    refused++;
    return route.abort('internetdisconnected');
  });
  offline = true;
  await page.goto(`lab/?${QUICK}`);
  await page.getByRole('button', train).click();
  await expect(runStatus(page)).toHaveText(/^Finished/, { timeout: 60_000 });
  await expect.poll(() => refused).toBeGreaterThan(0);
  await expect(page.locator('lab-data [data-part="detail"]')).toHaveText(/goes on by itself/);
  offline = false;
  await expect(page.locator('lab-data [data-part="status"]')).toHaveText(
    '50,000 of 50,000 reviews are here.',
    { timeout: 60_000 },
  );
});

test('a second visit reads the reviews from the cache', async ({ page }) => {
  await page.goto(`lab/?${QUICK}`);
  await page.getByRole('button', train).click();
  await expect(page.locator('lab-data [data-part="status"]')).toHaveText(/^50,000 of 50,000/, {
    timeout: 60_000,
  });
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/data/')) asked.push(new URL(request.url()).pathname);
  });
  await page.reload();
  await page.getByRole('button', train).click();
  await expect(page.locator('lab-data [data-part="detail"]')).toHaveText(
    /Kept from an earlier visit/,
    {
      timeout: 60_000,
    },
  );
  expect(asked).toEqual(['/data/manifest.json']);
});

test('a browser that refuses storage loads all the same, and says so', async ({ page }) => {
  await page.context().route(/compute\.worker/, async (route) => {
    const response = await route.fetch();
    const refuse = `Object.defineProperty(self, 'caches', { value: {
      open: async () => { throw new DOMException('full', 'QuotaExceededError'); },
    } });`;
    await route.fulfill({ response, body: refuse + (await response.text()) });
  });
  await page.goto(`lab/?${QUICK}`);
  await page.getByRole('button', train).click();
  await expect(page.locator('lab-data [data-part="status"]')).toHaveText(/^50,000 of 50,000/, {
    timeout: 60_000,
  });
  await expect(page.locator('lab-data [data-part="detail"]')).toHaveText(/refuses to keep them/);
});
