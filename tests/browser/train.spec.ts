import { expect, QUICK, runStatus, test, trainInLab } from './site.ts';

for (const seed of [1, 2, 3]) {
  test(`seed ${seed}: an LSTM learns from the starter shard`, async ({ page }) => {
    await trainInLab(page, `training.seed=${seed}`);
    const share = await page.locator('lab-run [data-part="validation"]').textContent();
    expect(Number.parseFloat(share!), 'accuracy on held-out reviews, in %').toBeGreaterThanOrEqual(
      60,
    );
  });
}

test('equal seeds give equal runs, another seed another run', async ({ page }) => {
  const losses: (string | null)[] = [];
  for (const seed of [7, 7, 8]) {
    await trainInLab(page, `${QUICK}&training.seed=${seed}`);
    await page.getByText('Figures by epoch').click();
    losses.push(await page.locator('lab-run [data-part="rows"] td').first().textContent());
  }
  expect(losses[0]).toBe(losses[1]);
  expect(losses[0]).not.toBe(losses[2]);
});

test('training never keeps the page busy for 50 ms', async ({ page, browser }) => {
  await page.goto(`lab/?${QUICK.replace('epochs=1', 'epochs=4')}`);
  await browser.startTracing(page, {
    categories: ['toplevel', 'disabled-by-default-devtools.timeline'],
  });
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(runStatus(page)).toHaveText(/^Finished/, { timeout: 120_000 });
  const tasks = mainThreadTasks(await browser.stopTracing());
  expect(tasks.length, 'tasks seen on the page’s main thread').toBeGreaterThan(100);
  expect(Math.max(...tasks), 'longest task, ms of processor time').toBeLessThan(50);
});

/**
 * Milliseconds of each task on the page's main thread, from a Chromium trace. The thread's own
 * processor time is read, not the clock: other programs on the machine must not fail the test.
 */
function mainThreadTasks(trace: Buffer): number[] {
  interface TraceEvent {
    name: string;
    pid: number;
    tid: number;
    tdur?: number;
    args: { name?: string };
  }
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const thread = ({ pid, tid }: TraceEvent): string => `${pid}:${tid}`;
  const mainThreads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(thread),
  );
  return traceEvents
    .filter((event) => mainThreads.has(thread(event)) && event.name.endsWith('RunTask'))
    .map(({ tdur = 0 }) => tdur / 1000);
}

test('Pause holds the run, Resume goes on, Stop keeps the model', async ({ page }) => {
  await page.goto(
    'lab/?network.layers.0.units=64&network.embeddingDim=64&text.maxlen=300&training.epochs=50',
  );
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const progress = () =>
    page.locator('lab-run progress').evaluate((bar) => (bar as HTMLProgressElement).value);

  await button('Train').click();
  await expect(runStatus(page)).toHaveText(/^Training, epoch/);
  await button('Pause').click();
  await expect(runStatus(page)).toHaveText(/^Paused/);
  // The batch under way still finishes.
  await page.waitForTimeout(1000);
  const held = await progress();
  await page.waitForTimeout(1000);
  expect(await progress()).toBe(held);

  await button('Step').click();
  await expect.poll(progress).toBeGreaterThan(held);
  await expect(runStatus(page)).toHaveText(/^Paused/);

  await button('Resume').click();
  await expect.poll(progress).toBeGreaterThan(held);
  await button('Stop').click();
  await expect(runStatus(page)).toHaveText(/^Stopped in epoch/);
  await page.getByLabel(/Write what you think/).fill('a great film');
  await button('Ask the model').click();
  await expect(page.locator('lab-verdict [data-part="verdict"]')).toHaveText(/says the model/);
});

test('a second run can follow the first, with other settings', async ({ page }) => {
  await trainInLab(page, QUICK);
  await page.getByLabel('Recurrent layer', { exact: true }).selectOption('SimpleRNN');
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(runStatus(page)).not.toHaveText(/^Finished/);
  await expect(runStatus(page)).toHaveText(/^Finished/, { timeout: 60_000 });
  expect(new URL(page.url()).searchParams.get('network.layers.0.cell')).toBe('SimpleRNN');
});
