/**
 * Serves the production build and its models: the API, and Astro's pages, behind the headers that
 * isolate every response.
 *
 *   node scripts/serve.ts [--open]
 *
 * HOST, PORT and MODELS_DIR (a folder with a folder for each model) are read from the environment.
 */
import type { RequestListener } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Inference } from '../src/api/inference.ts';
import { Predictions } from '../src/api/predictions.ts';
import { createApiServer } from '../src/api/server.ts';
import { serveFiles } from './serve/files.ts';
import { serverHeaders } from './serve/headers.ts';

const { values } = parseArgs({ options: { open: { type: 'boolean', default: false } } });
const host = process.env.HOST ?? '127.0.0.1';
const wantedPort = Number(process.env.PORT ?? 4321);
const base = (process.env.BASE_PATH ?? '/').replace(/\/?$/, '/');
const build = path.resolve(process.env.OUT_DIR ?? 'dist');
const entry = path.join(build, 'server/entry.mjs');
const { version } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as { version: string };

if (!existsSync(entry)) {
  console.error(`No build at ${entry}. Run \`npm run build\` first.`);
  process.exit(1);
}

process.env.ASTRO_NODE_AUTOSTART = 'disabled';
const { handler } = (await import(pathToFileURL(entry).href)) as { handler: RequestListener };

const pages = serveFiles(path.join(build, 'client'), base, handler);
const inference = new Inference(process.env.MODELS_DIR ?? path.join(build, 'client/models'));
// The site is worth serving without its models.
const engine = await inference.start().catch((error: Error) => ({
  backend: 'none',
  models: [],
  faults: [`The models can’t be used: ${error.message}`],
}));
for (const fault of engine.faults) console.error(fault);
const predictions = new Predictions(inference, engine);

/** Listens on `port`, or on the next free one when the reader named none. */
function listen(port: number, attemptsLeft: number): void {
  const server = createApiServer({
    headers: serverHeaders,
    base,
    version,
    predictions,
    pages,
    onError: (error) => console.error(error),
  });
  server.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE' && attemptsLeft > 0) return listen(port + 1, attemptsLeft - 1);
    const reason = error.code === 'EADDRINUSE' ? `port ${port} is in use` : error.message;
    console.error(`The server could not start: ${reason}.`);
    process.exit(1);
  });
  server.listen(port, host, () => {
    const shown = host === '127.0.0.1' || host === '0.0.0.0' ? 'localhost' : host;
    const address = `http://${shown}:${(server.address() as AddressInfo).port}${base}`;
    console.log(`\n  Unrolled is ready: ${address}\n  Stop it with Ctrl+C.\n`);
    if (values.open && hasDesktop()) void openBrowser(address);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => process.exit(0));
  }
}

function hasDesktop(): boolean {
  if (process.env.CI !== undefined || !process.stdout.isTTY) return false;
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
}

async function openBrowser(address: string): Promise<void> {
  // A development dependency: where the site is only served, it may be missing.
  const { default: open } = await import('open');
  const child = await open(address);
  child.on('error', () => console.log(`  Open ${address} in your browser.`));
}

listen(wantedPort, process.env.PORT === undefined ? 20 : 0);
