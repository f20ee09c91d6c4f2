import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { build } from 'vite';
import { findBrowser } from '../../scripts/browser/find.ts';
import type { BenchPage } from './page.ts';
import type { Answers, Question, Questions, Reply } from './protocol.ts';
import { serve } from './server.ts';
import type { Files } from './server.ts';

/** A worker of the browser's page. */
export interface BenchWorker {
  /**
   * @param limitMs how long it may take
   * @throws Error with the worker's message, or when the time is over: the worker is gone then
   */
  ask<Kind extends keyof Questions>(
    kind: Kind,
    question: Questions[Kind],
    limitMs?: number,
  ): Promise<Answers[Kind]>;
  close(): Promise<void>;
}

export interface BenchBrowser {
  readonly version: string;
  startWorker(): Promise<BenchWorker>;
  close(): Promise<void>;
}

/**
 * Starts a headless Chromium on a cross-origin isolated page of its own server.
 *
 * @param files what the server offers besides the worker
 * @throws Error if there is no Chromium
 */
export async function startBrowser(files: Files, args: readonly string[]): Promise<BenchBrowser> {
  const executablePath = await findBrowser();
  if (!executablePath) throw new Error('There is no Chromium: set CHROMIUM_PATH to one.');
  const folder = await mkdtemp(path.join(tmpdir(), 'unrolled-bench-'));
  await bundle(folder);
  const server = await serve(folder, files);
  const browser = await chromium.launch({ executablePath, args: [...args] });
  const context = await browser.newContext();
  return {
    version: browser.version(),
    startWorker: async () => {
      const page = await context.newPage();
      await page.goto(server.url);
      return openWorker(page);
    },
    close: async () => {
      await browser.close();
      server.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function bundle(outDir: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    worker: { format: 'es' },
    build: {
      outDir,
      target: 'es2024',
      chunkSizeWarningLimit: 10_000,
      rollupOptions: {
        input: fileURLToPath(new URL('page.ts', import.meta.url)),
        output: { entryFileNames: 'page.js' },
      },
    },
  });
}

function openWorker(page: Page): BenchWorker {
  return {
    ask: async <Kind extends keyof Questions>(
      kind: Kind,
      question: Questions[Kind],
      limitMs?: number,
    ) => {
      const sent = { kind, question } as Question;
      const asked = page.evaluate((whole) => (globalThis as unknown as BenchPage).ask(whole), sent);
      const reply = await (limitMs === undefined ? asked : within(limitMs, asked, page));
      if ('error' in reply) throw new Error(reply.error);
      return reply.answer as Answers[Kind];
    },
    close: () => page.close(),
  };
}

async function within(limitMs: number, asked: Promise<Reply>, page: Page): Promise<Reply> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      void page.close();
      reject(new Error(`stopped after ${limitMs / 1000} s`));
    }, limitMs);
  });
  // Closing the page breaks the question off.
  asked.catch(() => {});
  return Promise.race([asked, timeout]).finally(() => clearTimeout(timer));
}
