/**
 * Serves the production build: Astro's handler behind the headers that isolate every response.
 *
 *   node scripts/serve.ts [--open]     HOST and PORT are read from the environment
 */
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import open from 'open';
import { serverHeaders } from './serve/headers.ts';

const { values } = parseArgs({ options: { open: { type: 'boolean', default: false } } });
const host = process.env.HOST ?? '127.0.0.1';
const wantedPort = Number(process.env.PORT ?? 4321);
const entry = path.resolve(process.env.OUT_DIR ?? 'dist', 'server/entry.mjs');

if (!existsSync(entry)) {
  console.error(`No build at ${entry}. Run \`npm run build\` first.`);
  process.exit(1);
}

process.env.ASTRO_NODE_AUTOSTART = 'disabled';
const { handler } = (await import(pathToFileURL(entry).href)) as { handler: RequestListener };

/** Data files carry their hash in their name, so a browser may keep them for good. */
const IMMUTABLE = /\/data\/[\w.-]+\.[0-9a-f]{8,}\.bin$/;

function answer(request: IncomingMessage, response: ServerResponse): void {
  for (const [name, value] of Object.entries(serverHeaders)) response.setHeader(name, value);
  if (IMMUTABLE.test((request.url ?? '').split('?')[0]!)) {
    response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
  }
  handler(request, response);
}

/** Listens on `port`, or on the next free one when the reader named none. */
function listen(port: number, attemptsLeft: number): void {
  const server = createServer(answer);
  server.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE' && attemptsLeft > 0) return listen(port + 1, attemptsLeft - 1);
    const reason = error.code === 'EADDRINUSE' ? `port ${port} is in use` : error.message;
    console.error(`The server could not start: ${reason}.`);
    process.exit(1);
  });
  server.listen(port, host, () => {
    const shown = host === '127.0.0.1' || host === '0.0.0.0' ? 'localhost' : host;
    const address = `http://${shown}:${port}${process.env.BASE_PATH ?? '/'}`;
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
  const child = await open(address);
  child.on('error', () => console.log(`  Open ${address} in your browser.`));
}

listen(wantedPort, process.env.PORT === undefined ? 20 : 0);
