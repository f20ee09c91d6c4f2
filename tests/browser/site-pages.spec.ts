import { BASE, SERVERS } from './servers.ts';
import { expect, PAGES, test } from './site.ts';

const SITE = `http://localhost:4414${BASE}`;

test.describe('a site with an address', () => {
  test.use({ baseURL: SERVERS.staticHost.url });

  test('every page names its address and a picture that is there', async ({ request }) => {
    for (const path of PAGES.slice(0, -1)) {
      const html = await (await request.get(path)).text();
      expect(html, path).toContain(`<link rel="canonical" href="${SITE}${path}">`);
      const image = /<meta property="og:image" content="([^"]+)"/.exec(html)![1]!;
      const picture = await (await request.get(image)).body();
      expect(picture.subarray(1, 4).toString(), image).toBe('PNG');
      expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([1200, 630]);
    }
  });

  test('the sitemap lists the pages, and robots.txt names it', async ({ request }) => {
    expect(await (await request.get('robots.txt')).text()).toContain(`${SITE}sitemap-index.xml`);
    const sitemap = await (await request.get('sitemap-0.xml')).text();
    for (const path of PAGES.slice(0, -1)) expect(sitemap).toContain(`<loc>${SITE}${path}</loc>`);
    expect(sitemap).not.toContain('404');
  });
});

test('without an address, no page claims one', async ({ request }) => {
  const html = await (await request.get('lab/')).text();
  expect(html).not.toContain('canonical');
  expect(html).not.toContain('og:image');
  expect(html).toContain('<meta property="og:title" content="Lab · Unrolled">');
});

test('a page that is not there says so, helps, and is not indexed', async ({ page, forgive }) => {
  forgive(/404/);
  const response = await page.goto('no/such/page');
  expect(response!.status()).toBe(404);
  await expect(page.locator('meta[name="robots"]')).toHaveAttribute('content', 'noindex');
  await page.getByRole('link', { name: 'Go to the lab' }).click();
  await expect(page.getByRole('heading', { name: 'Lab', level: 1 })).toBeVisible();
});

test('text goes over the wire packed, and hashed files are kept for good', async ({
  page,
  request,
}) => {
  await page.goto('');
  const script = await page.locator('script[src*="_astro"]').first().getAttribute('src');
  for (const [path, kept] of [
    ['', 'no-cache'],
    [script!, 'public, max-age=31536000, immutable'],
  ] as const) {
    const plain = await request.get(path, { headers: { 'Accept-Encoding': 'identity' } });
    const text = await plain.body();
    expect(plain.headers()['content-encoding']).toBeUndefined();
    expect(plain.headers()['cache-control']).toBe(kept);
    expect(plain.headers()['vary']).toBe('Accept-Encoding');
    if (text.length < 1024) continue;
    for (const encoding of ['br', 'gzip']) {
      const packed = await request.get(path, { headers: { 'Accept-Encoding': encoding } });
      expect(packed.headers()['content-encoding'], `${path} as ${encoding}`).toBe(encoding);
      expect(packed.headers()['content-type']).toBe(plain.headers()['content-type']);
      expect(Number(packed.headers()['content-length'])).toBeLessThan(text.length / 1.5);
      // The client has unpacked it; what it unpacked must be the file.
      expect(await packed.body()).toEqual(text);
    }
  }
});

test('a file that has not changed is not sent again', async ({ request }) => {
  const first = await request.get('lab/');
  const etag = first.headers()['etag']!;
  const again = await request.get('lab/', { headers: { 'If-None-Match': etag } });
  expect(again.status()).toBe(304);
});

test('a range that runs backwards is no range, and does no harm', async ({ request }) => {
  const whole = await request.get('robots.txt');
  const backwards = await request.get('robots.txt', { headers: { Range: 'bytes=5-2' } });
  expect(backwards.status()).toBe(200);
  expect(await backwards.text()).toBe(await whole.text());
});

test('a lesson on paper: tools are gone, code wraps, links say where they lead', async ({
  page,
}) => {
  await page.goto('lessons/read-the-data/');
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(page.getByRole('navigation', { name: 'Site' })).toBeHidden();
  await expect(page.getByRole('button', { name: 'Run', exact: true }).first()).toBeHidden();
  await expect(page.locator('notebook-cell pre').first()).toHaveCSS('white-space', 'pre-wrap');
  const shown = await page
    .locator('.sources a[href^="https://aclanthology.org"]')
    .first()
    .evaluate((link) => getComputedStyle(link, '::after').content);
  expect(shown).toContain('https://aclanthology.org');
  expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(28, 33, 39)');
});
