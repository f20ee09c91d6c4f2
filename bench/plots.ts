/**
 * Times a live update of every plot in Chromium, at 800 px and with the largest data it is made for:
 * script, style and layout of `plot.update(data)`. Writes results/plots.json.
 *
 *   npm run bench:plots
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import { BROWSER_FLAGS, findBrowser } from '../scripts/browser/find.ts';
import { machine } from '../scripts/measure/machine.ts';

/** Milliseconds in which a live update must be done. */
const LIMIT = 8;
const STYLES = ['tokens', 'base', 'plots'].map((name) => `src/styles/${name}.css`);

const [output] = [
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2024',
      lib: {
        entry: fileURLToPath(new URL('plots/page.ts', import.meta.url)),
        formats: ['iife'],
        name: 'bench',
      },
    },
  }),
].flat();
if (!output || !('output' in output)) throw new Error('Vite built nothing.');

const browser = await chromium.launch({
  executablePath: await findBrowser(),
  args: BROWSER_FLAGS,
});
const page = await browser.newPage({ viewport: { width: 800, height: 800 } });
await page.setContent(
  `<style>${STYLES.map((file) => readFileSync(file, 'utf8')).join('\n')}</style>`,
);
await page.addScriptTag({ content: output.output[0].code });
const times = await page.evaluate(() =>
  (globalThis as unknown as { measure(): Promise<Record<string, number[]>> }).measure(),
);
const version = browser.version();
await browser.close();

const plots = Object.fromEntries(
  Object.entries(times).map(([name, list]) => {
    const sorted = list.toSorted((a, b) => a - b);
    const at = (p: number): number =>
      Number(sorted[Math.round(p * (sorted.length - 1))]!.toFixed(2));
    return [name, { medianMs: at(0.5), ninetiethMs: at(0.9) }];
  }),
);
const result = { machine: { ...machine(), chromium: version }, limitMs: LIMIT, plots };
writeFileSync('results/plots.json', `${JSON.stringify(result, null, 2)}\n`);
console.table(plots);
