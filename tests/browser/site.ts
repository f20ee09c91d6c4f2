import { test as base, expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { globSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Every lesson, by its path below the base. */
export const LESSONS = globSync('src/lessons/*/index.mdx')
  .toSorted()
  .map((path) => `lessons/${basename(dirname(path))}/`);

/** Every page of the site, by its path below the base. */
export const PAGES = [
  '',
  'lab/',
  'inspect/',
  'lessons/',
  ...LESSONS,
  'glossary/',
  'figures/',
  'bench/',
  'measured/',
  'no-such-page/',
];

/**
 * The test of this suite. Each one fails if the page logs an error, throws, breaks the content
 * security policy, or asks any other host for anything. `forgive` names what a test provokes.
 */
export const test = base.extend<{ forgive: (expected: RegExp) => void }>({
  forgive: [
    async ({ page, baseURL }, use, info) => {
      const complaints: string[] = [];
      const forgiven: RegExp[] = [];
      const home = new URL(baseURL!).hostname;
      page.on('pageerror', (error) => complaints.push(`threw: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`logged: ${message.text().slice(0, 300)}`);
      });
      page.on('request', (request) => {
        const url = new URL(request.url());
        const local = url.protocol === 'data:' || url.protocol === 'blob:';
        if (!local && url.hostname !== home) complaints.push(`asked ${url.hostname}`);
      });
      await use((expected) => void forgiven.push(expected));
      if (info.status !== info.expectedStatus) return;
      const unexpected = complaints.filter((text) => !forgiven.some((known) => known.test(text)));
      expect(unexpected).toEqual([]);
    },
    { auto: true },
  ],
});

/** A lab that trains in seconds on a processor. */
export const QUICK = new URLSearchParams({
  'network.layers.0.cell': 'GRU',
  'network.layers.0.units': '8',
  'network.embeddingDim': '8',
  'text.maxlen': '20',
  'training.epochs': '1',
}).toString();

/** Less of a network than that: for engines that take seconds a step, and for what needs none. */
export const TINY = new URLSearchParams({
  'network.layers.0.cell': 'SimpleRNN',
  'network.layers.0.units': '4',
  'network.embeddingDim': '4',
  'text.maxlen': '4',
  'training.batchSize': '400',
  'training.epochs': '1',
}).toString();

export async function trainInLab(page: Page, query: string, timeout = 150_000): Promise<void> {
  await page.goto(`lab/?${query}`);
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(runStatus(page)).toHaveText(/^Finished/, { timeout });
}

export const runStatus = (page: Page) => page.locator('lab-run [data-part="status"]');

export { expect };
