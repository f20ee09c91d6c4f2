import { emptyFunctions } from './no-gradients.ts';
import { expect, runStatus, test, TINY, trainInLab } from './site.ts';

for (const [backend, title] of [
  ['webgpu', 'WebGPU'],
  ['webgl', 'WebGL'],
  ['simd', 'SIMD on the processor'],
  ['cpu', 'JavaScript'],
] as const) {
  test(`${title} trains when the reader asks for it`, async ({ page }) => {
    await page.goto(`lab/?${TINY}`);
    await page.getByText('Reviews and engine').click();
    await page.getByLabel('Engine').selectOption(backend);
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await expect(runStatus(page)).toHaveText(/^Finished/, { timeout: 150_000 });
    await expect(page.locator('lab-run [data-part="engine"]')).toHaveText(
      new RegExp(`^Engine: ${title}\\. You chose it`),
    );
  });
}

test('an emulated graphics card is passed over for the processor, and the page says so', async ({
  page,
}) => {
  await trainInLab(page, TINY);
  const engine = page.locator('lab-run [data-part="engine"]');
  await expect(engine).toHaveText(
    /^Engine: SIMD on the processor\. .* A test step took [\d.]+ ms\./,
  );
  await expect(engine).toHaveText(/WebGPU is only emulated by the processor\./);
  await expect(engine).toHaveText(/WebGL 2 is only emulated by the processor\./);
});

test('an isolated page computes on several threads, where there are cores for them', async ({
  page,
}) => {
  await trainInLab(page, TINY);
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  const threads = cores < 2 ? /(?!.*threads)/ : /It computes on \d threads\./;
  await expect(page.locator('lab-run [data-part="engine"]')).toHaveText(threads);
});

test('without WebGPU and WebGL the lab still trains, and says which engine runs', async ({
  playwright,
  launchOptions,
  baseURL,
}) => {
  const args = launchOptions.args!.filter((flag) => !flag.includes('webgpu'));
  const browser = await playwright.chromium.launch({
    ...launchOptions,
    args: [...args, '--disable-gpu', '--disable-software-rasterizer'],
  });
  const page = await browser.newPage({ baseURL: baseURL! });
  await trainInLab(page, TINY);
  await expect(page.locator('lab-run [data-part="engine"]')).toHaveText(
    /^Engine: SIMD on the processor\. .* There is no WebGPU here\. There is no WebGL 2 here\./,
  );
  await page.getByText('Reviews and engine').click();
  await page.getByLabel('Engine').selectOption('webgpu');
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(page.locator('lab-run [data-part="problem"]')).toHaveText(
    'The WebGPU engine can’t run here: There is no WebGPU here.',
  );
  await browser.close();
});

test('where the SIMD kernels can’t be fetched, plain JavaScript takes over and the page says so', async ({
  page,
  forgive,
}) => {
  forgive(/404/);
  await page
    .context()
    .route(/simd-(relaxed|plain|scalar).*\.wasm/, (route) => route.fulfill({ status: 404 }));
  await trainInLab(page, TINY);
  const engine = page.locator('lab-run [data-part="engine"]');
  await expect(engine).toHaveText(/^Engine: JavaScript\./);
  await expect(engine).toHaveText(/SIMD did not start: .* answered 404/);
});

test('what the engines’ test found outlives the visit, until the reader tests again', async ({
  page,
}) => {
  const engine = page.locator('lab-run [data-part="engine"]');
  await trainInLab(page, TINY);
  await expect(engine).not.toHaveText(/earlier visit/);
  await trainInLab(page, TINY);
  await expect(engine).toHaveText(/A test step took [\d.]+ ms\. .* Measured on an earlier visit\./);

  await page.getByText('Reviews and engine').click();
  await page.getByRole('button', { name: 'Test the engines' }).click();
  const result = page.locator('main lab-engines [data-part="result"]');
  await expect(result).toHaveText(/^Engine: SIMD on the processor\. .* A test step took/);
  await expect(result).not.toHaveText(/earlier visit/);
});

test('where storage is refused, the engines are tested each time', async ({ page }) => {
  // As in a private window: the worker's Cache Storage rejects.
  await page.context().route(/compute\.worker.*\.js/, async (route) => {
    const response = await route.fetch();
    const refuse = `Object.defineProperty(globalThis, 'caches', {
      value: { open: () => Promise.reject(new DOMException('denied', 'SecurityError')) },
    });\n`;
    await route.fulfill({ response, body: refuse + (await response.text()) });
  });
  const engine = page.locator('lab-run [data-part="engine"]');
  for (let visit = 0; visit < 2; visit++) {
    await trainInLab(page, TINY);
    await expect(engine).toHaveText(/A test step took [\d.]+ ms\./);
    await expect(engine).not.toHaveText(/earlier visit/);
  }
});

test('an engine whose gradients are zero is rejected, and the page says so', async ({ page }) => {
  await page.context().route(/simd-(relaxed|plain).*\.wasm/, async (route) => {
    const response = await route.fetch();
    const body = emptyFunctions(await response.body(), (name) => name.startsWith('backward'));
    await route.fulfill({ response, body });
  });
  await trainInLab(page, TINY);
  const note = 'SIMD computes wrong gradients here and is not used.';
  const engine = page.locator('lab-run [data-part="engine"]');
  await expect(engine).toHaveText(/^Engine: JavaScript\./);
  await expect(engine).toContainText(note);

  await page.getByText('Reviews and engine').click();
  await page.getByLabel('Engine', { exact: true }).selectOption('simd');
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(page.locator('lab-run [data-part="problem"]')).toHaveText(note);
});
