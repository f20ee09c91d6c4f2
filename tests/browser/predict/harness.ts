import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base } from '@playwright/test';
import type { Page } from '@playwright/test';
import { build } from 'vite';
import type { WorkerCalls } from './worker.ts';

const OUT = fileURLToPath(new URL('../../../test-results/predict/', import.meta.url));
const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url));
const TYPES = { js: 'text/javascript', wasm: 'application/wasm' };

type CallWorker = <K extends keyof WorkerCalls>(
  name: K,
  ...args: Parameters<WorkerCalls[K]>
) => ReturnType<WorkerCalls[K]>;

/** A page of its own origin, with a worker that `call` asks. */
export const test = base.extend<{ call: CallWorker }, { site: string }>({
  site: [
    async ({ browserName }, use) => {
      const outDir = `${OUT}${browserName}-${process.pid}`;
      await build({
        configFile: false,
        logLevel: 'warn',
        publicDir: false,
        build: {
          // Preloading is a page's business.
          modulePreload: false,
          outDir,
          target: 'es2024',
          minify: false,
          assetsInlineLimit: 0,
          chunkSizeWarningLimit: 10_000,
          rollupOptions: { input: WORKER, output: { entryFileNames: 'worker.js' } },
        },
      });
      const server = createServer(async (request, response) => {
        const path = normalize(request.url!);
        const type = TYPES[path.split('.').at(-1) as keyof typeof TYPES];
        response.setHeader('Content-Type', type ?? 'text/html');
        response.end(type ? await readFile(join(outDir, path)) : '<!doctype html><title>x</title>');
      });
      await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
      await use(`http://localhost:${(server.address() as AddressInfo).port}/`);
      server.close();
    },
    { scope: 'worker' },
  ],
  call: async ({ page, site }, use) => {
    await page.goto(site);
    await use((name, ...args) => callWorker(page, name, args) as never);
  },
});

async function callWorker(page: Page, name: string, args: unknown[]): Promise<unknown> {
  // Bytes can't cross as they are.
  const sent = args.map((arg) => (arg instanceof Uint8Array ? { bytes: Array.from(arg) } : arg));
  const { value, error } = await page.evaluate(
    ([call, wrapped]) =>
      new Promise<{ value?: unknown; error?: string }>((resolve) => {
        const worker = new Worker('/worker.js', { type: 'module' });
        const unwrap = (arg: any) => (arg?.bytes ? Uint8Array.from(arg.bytes) : arg);
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => resolve({ error: message });
        worker.postMessage({ name: call, args: wrapped.map(unwrap) });
      }),
    [name, sent] as const,
  );
  if (error !== undefined) throw new Error(error);
  return value;
}
