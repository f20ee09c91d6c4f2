/**
 * Times the start of a training run in the lab, in Chromium on the built site: from the click on Train
 * to the first step's loss on the page, on the starter shard. Once on a first visit, when nothing is
 * there yet but the page, then on later visits, with what the browser keeps. Writes
 * results/first-step.json.
 *
 *   npm run bench:start
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import { BROWSER_FLAGS, findBrowser } from '../scripts/browser/find.ts';
import { startServer } from '../scripts/load/server-process.ts';
import { machine } from '../scripts/measure/machine.ts';
import type { FirstStepResult } from '../scripts/results/types.ts';
import { timing } from '../src/core/benchmark/timing.ts';

/** Milliseconds in which a later visit should take its first step. */
const LIMIT = 2000;
const LATER_VISITS = 7;
/** The lab's own network, and presets. */
const NETWORKS = ['', 'simple-rnn', 'lstm-clipnorm-masked', 'gru-lstm'];

const server = await startServer();
try {
  const runs: Record<string, FirstStepResult['runs'][string]> = {};
  let version = '';
  for (const preset of NETWORKS) {
    const folder = await mkdtemp(path.join(tmpdir(), 'unrolled-first-step-'));
    const context = await chromium.launchPersistentContext(folder, {
      executablePath: await findBrowser(),
      args: BROWSER_FLAGS,
    });
    version = context.browser()?.version() ?? version;
    const visit = () => firstStep(context, `${server.url}lab/${preset && `?preset=${preset}`}`);
    const firstVisitMs = Math.round(await visit());
    const later: number[] = [];
    for (let i = 0; i < LATER_VISITS; i++) later.push(await visit());
    const { medianMs, minMs, maxMs, runs: visits } = timing(later);
    runs[preset || 'lab'] = { firstVisitMs, medianMs, minMs, maxMs, visits };
    await context.close();
    await rm(folder, { recursive: true });
  }
  const result = { machine: { ...machine(), chromium: version }, limitMs: LIMIT, runs };
  await writeFile(
    'results/first-step.json',
    `${JSON.stringify(result satisfies FirstStepResult, null, 2)}\n`,
  );
  console.table(runs);
} finally {
  server.stop();
}

/** One visit: milliseconds from the click to the loss of the first step. */
async function firstStep(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'networkidle' });
  const button = page.getByRole('button', { name: 'Train', exact: true });
  await button.waitFor();
  const shown = await watchLoss(page);
  await button.click();
  const milliseconds = await shown();
  await page.close();
  return milliseconds;
}

/** @returns asks for the time between the next click and the first loss */
async function watchLoss(page: Page): Promise<() => Promise<number>> {
  const watch = await page.evaluateHandle(() => {
    const loss = document.querySelector('lab-run [data-part="loss"]')!;
    const time = new Promise<number>((resolve) => {
      addEventListener(
        'click',
        ({ timeStamp }) => {
          new MutationObserver((_, observer) => {
            if (loss.textContent === '–') return;
            observer.disconnect();
            resolve(performance.now() - timeStamp);
          }).observe(loss, { childList: true, characterData: true, subtree: true });
        },
        { capture: true, once: true },
      );
    });
    return { time };
  });
  return () => watch.evaluate(({ time }) => time);
}
