import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { build } from 'vite';
import type { Answers, Question, Questions } from './protocol.ts';

const OUT = fileURLToPath(new URL('../../../test-results/kernels/', import.meta.url));

/** Asks the worker that runs the kernels. */
export type Ask = <Kind extends keyof Questions>(
  kind: Kind,
  question: Questions[Kind],
) => Promise<Answers[Kind]>;

/**
 * A test with a dedicated worker that holds the kernels, on a page of its own server, so that WebGPU
 * is allowed there. `ask` asks one that all tests of a process share, `askAlone` one of the test's own.
 * `worker` is the address of the worker's file, and so of the backend.
 */
export const test = base.extend<{ askAlone: Ask }, { worker: string; bundle: string; ask: Ask }>({
  worker: [new URL('worker.ts', import.meta.url).href, { option: true, scope: 'worker' }],
  bundle: [
    async ({ browserName, worker }, use) => {
      const outDir = `${OUT}${path.basename(worker)}-${browserName}-${process.pid}`;
      await build({
        configFile: false,
        logLevel: 'warn',
        build: {
          outDir,
          target: 'es2024',
          minify: false,
          chunkSizeWarningLimit: 10_000,
          rollupOptions: {
            input: fileURLToPath(worker),
            output: { entryFileNames: 'worker.js', codeSplitting: false },
          },
        },
      });
      await use(outDir);
    },
    { scope: 'worker' },
  ],
  ask: [
    async ({ browser, bundle }, use) => {
      const { ask, close } = await open(browser, bundle);
      await use(ask);
      await close();
    },
    { scope: 'worker' },
  ],
  askAlone: async ({ browser, bundle }, use) => {
    const { ask, close } = await open(browser, bundle);
    await use(ask);
    await close();
  },
});

async function open(
  browser: Browser,
  bundle: string,
): Promise<{ ask: Ask; close: () => Promise<void> }> {
  const server = await serve(bundle);
  const page = await browser.newPage();
  const { port } = server.address() as AddressInfo;
  await page.goto(`http://localhost:${port}/`);
  await startWorker(page);
  let last = 0;
  return {
    ask: (kind, question) => askWorker(page, { ...question, kind, id: ++last } as never),
    close: async () => {
      await page.close();
      server.close();
    },
  };
}

async function serve(folder: string): Promise<Server> {
  const server = createServer(async (request, response) => {
    const script = request.url === '/worker.js';
    response.setHeader('Content-Type', script ? 'text/javascript' : 'text/html');
    response.end(
      script ? await readFile(`${folder}/worker.js`) : '<!doctype html><title>Kernels</title>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return server;
}

/** What the page keeps between questions. */
interface Keeper {
  kernels: Worker;
}

const startWorker = (page: Page): Promise<void> =>
  page.evaluate(() => {
    (globalThis as unknown as Keeper).kernels = new Worker('/worker.js', { type: 'module' });
  });

async function askWorker<Kind extends keyof Questions>(
  page: Page,
  question: Question<Kind>,
): Promise<Answers[Kind]> {
  const { value, error } = await page.evaluate(
    (sent) =>
      new Promise<{ value?: unknown; error?: string }>((resolve) => {
        const { kernels } = globalThis as unknown as Keeper;
        kernels.addEventListener('message', ({ data }) => {
          if (data.id === sent.id) resolve(data);
        });
        kernels.addEventListener('error', ({ message }) => resolve({ error: message }));
        kernels.postMessage(sent);
      }),
    question,
  );
  if (error !== undefined) throw new Error(error);
  return value as Answers[Kind];
}
