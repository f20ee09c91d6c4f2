import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { isolationHeaders } from '../../scripts/serve/headers.ts';

/** Bytes by the path that they are served at. */
export type Files = Readonly<Record<string, Uint8Array>>;

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

const PAGE = new TextEncoder().encode(
  '<!doctype html><title>Benchmark</title><script type="module" src="/page.js"></script>',
);

/** Serves an empty page at `/`, a folder and some files, with the headers that isolate them. */
export async function serve(
  folder: string,
  files: Files,
): Promise<{ url: string; close: () => void }> {
  const server = createServer(async (request, response) => {
    for (const [name, value] of Object.entries(isolationHeaders)) response.setHeader(name, value);
    const url = request.url ?? '/';
    const all: Files = { '/': PAGE, ...files };
    const body = all[url] ?? (await readFile(path.join(folder, url)).catch(() => undefined));
    response.setHeader('Content-Type', TYPES[path.extname(url)] ?? 'text/html');
    response.statusCode = body ? 200 : 404;
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://localhost:${port}/`, close: () => void server.close() };
}
