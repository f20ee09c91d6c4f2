/**
 * Audits the production build with Lighthouse's mobile preset, served by our own server, and writes
 * `bench/results/lighthouse.json` and `docs/lighthouse.md`.
 *
 *   npm run lighthouse [-- PATH …]      without a path, the pages that must pass
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chromium } from '@playwright/test';
import lighthouse from 'lighthouse';
import { BROWSER_FLAGS, findBrowser } from './browser/find.ts';
import { lighthousePage } from './lighthouse/report.ts';
import type { Audit } from './lighthouse/report.ts';
import { machine } from './measure/machine.ts';

const PAGES = ['', 'lessons/read-the-data/', 'lessons/simple-rnn/', 'lab/'];
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
/** Each page is loaded that often; the run of median performance counts. */
const RUNS = 3;
const PORT = '4431';
const DEBUGGING_PORT = 4432;

const executablePath = await findBrowser();
if (!executablePath) throw new Error('There is no Chromium here. Set CHROMIUM_PATH.');
const server = spawn('node', ['scripts/serve.ts'], {
  env: { ...process.env, PORT },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const browser = await chromium.launch({
  executablePath,
  args: [...BROWSER_FLAGS, `--remote-debugging-port=${DEBUGGING_PORT}`],
});
try {
  await once(server.stdout, 'data');
  const given = process.argv.slice(2);
  const pages: Audit[] = [];
  for (const path of given.length > 0 ? given : PAGES) {
    const runs: Audit[] = [];
    for (let run = 0; run < RUNS; run++) runs.push(await audit(path));
    runs.sort((a, b) => a.scores.performance - b.scores.performance);
    const median = runs[Math.floor(RUNS / 2)]!;
    console.log(path || '(start)', median.scores, median.failed);
    pages.push(median);
  }
  const result = { machine: machine(), chromium: browser.version(), runs: RUNS, pages };
  if (given.length === 0) {
    await mkdir('bench/results', { recursive: true });
    await writeFile('bench/results/lighthouse.json', `${JSON.stringify(result, null, 2)}\n`);
    await writeFile('docs/lighthouse.md', lighthousePage(result));
  }
} finally {
  await browser.close();
  server.kill();
}

async function audit(path: string): Promise<Audit> {
  const result = await lighthouse(`http://localhost:${PORT}/${path}`, {
    port: DEBUGGING_PORT,
    onlyCategories: [...CATEGORIES],
    logLevel: 'error',
  });
  if (!result) throw new Error(`Lighthouse gave no result for /${path}.`);
  const { audits, categories } = result.lhr;
  const value = (name: string): number => Math.round((audits[name]?.numericValue ?? 0) * 1e3) / 1e3;
  const score = (name: (typeof CATEGORIES)[number]): number =>
    Math.round(100 * (categories[name]?.score ?? 0));
  const failed = CATEGORIES.slice(1).flatMap((name) =>
    (categories[name]?.auditRefs ?? [])
      .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1)
      .map(({ id }) => id),
  );
  return {
    path: `/${path}`,
    scores: {
      performance: score('performance'),
      accessibility: score('accessibility'),
      bestPractices: score('best-practices'),
      seo: score('seo'),
    },
    firstContentfulPaintMs: Math.round(value('first-contentful-paint')),
    largestContentfulPaintMs: Math.round(value('largest-contentful-paint')),
    totalBlockingTimeMs: Math.round(value('total-blocking-time')),
    cumulativeLayoutShift: value('cumulative-layout-shift'),
    bytes: value('total-byte-weight'),
    failed,
  };
}
