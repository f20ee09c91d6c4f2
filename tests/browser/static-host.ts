/** A plain static host: it sends files and knows nothing of isolation. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const { BASE_PATH = '/', OUT_DIR = 'dist', PORT } = process.env;
const root = path.resolve(OUT_DIR, 'client');

createServer(async (request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const inside = pathname.startsWith(BASE_PATH) ? pathname.slice(BASE_PATH.length) : undefined;
  const found = inside === undefined ? undefined : await readSite(decodeURIComponent(inside));
  const file = found ?? (await readSite('404.html'))!;
  response.writeHead(found ? 200 : 404, {
    'Content-Type': TYPES[file.extension] ?? 'application/octet-stream',
  });
  response.end(file.content);
}).listen(Number(PORT));

async function readSite(name: string) {
  const asPage = path.extname(name) === '' ? path.join(name, 'index.html') : name;
  const absolute = path.join(root, asPage);
  if (!absolute.startsWith(root)) return undefined;
  const content = await readFile(absolute).catch(() => undefined);
  return content && { content, extension: path.extname(absolute) };
}
