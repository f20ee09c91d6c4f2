import { BASE, SERVERS } from './servers.ts';
import { expect, PAGES, QUICK, test, trainInLab } from './site.ts';

/** One page of each kind: what isolates them is the same for all. */
const SOME_PAGES = ['', 'lab/', 'lessons/read-the-data/', 'no-such-page/'];

for (const [name, { url }] of Object.entries(SERVERS)) {
  test.describe(name, () => {
    test.use({ baseURL: url });

    for (const path of name === 'preview' ? PAGES : SOME_PAGES) {
      test(`/${path} is cross-origin isolated`, async ({ page, forgive }) => {
        if (path === 'no-such-page/') forgive(/404/);
        await page.goto(path);
        // On a plain static host the service worker takes over with a second load.
        await page.waitForFunction(() => crossOriginIsolated);
        expect(await page.evaluate(() => new SharedArrayBuffer(8).byteLength)).toBe(8);
      });
    }
  });
}

for (const { url } of [SERVERS.preview, SERVERS.dev, SERVERS.staticHost]) {
  test.describe(url, () => {
    test.use({ baseURL: url });

    test('a network trains there', async ({ page }) => {
      await page.goto('');
      await page.waitForFunction(() => crossOriginIsolated);
      await trainInLab(page, QUICK);
    });
  });
}

test.describe('static host below a sub-path', () => {
  test.use({ baseURL: SERVERS.staticHost.url });

  test('every link and file of the site honours the base', async ({ page }) => {
    const strays: string[] = [];
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (!pathname.startsWith(BASE)) strays.push(pathname);
    });
    await page.goto('');
    await page.waitForFunction(() => crossOriginIsolated);
    await page.getByRole('link', { name: 'Train one now' }).click();
    await expect(page.getByRole('heading', { name: 'Lab', level: 1 })).toBeVisible();
    expect(strays).toEqual([]);
  });
});

test('our server sends the isolation headers with every response', async ({ page, request }) => {
  const bare: string[] = [];
  page.on('response', async (response) => {
    if (!response.url().startsWith('http')) return;
    const headers = await response.allHeaders();
    const isolated =
      headers['cross-origin-embedder-policy'] === 'require-corp' &&
      headers['cross-origin-opener-policy'] === 'same-origin' &&
      headers['cross-origin-resource-policy'] === 'same-origin';
    if (!isolated) bare.push(response.url());
  });
  await trainInLab(page, QUICK);
  expect(bare).toEqual([]);
  for (const path of ['health', 'no-such-page', 'data/manifest.json', 'data/no-such-file.bin']) {
    const response = await request.get(path);
    expect(response.headers(), path).toMatchObject({
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-opener-policy': 'same-origin',
    });
  }
});

test('the production pages carry a policy without any third-party origin', async ({ page }) => {
  for (const path of ['', 'lab/', 'lessons/read-the-data/']) {
    await page.goto(path);
    const policy = await page
      .locator('meta[http-equiv="content-security-policy" i]')
      .getAttribute('content');
    expect(policy, path).toContain("default-src 'self'");
    expect(policy, path).not.toMatch(/https?:|\*/);
  }
});
