import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Inference } from '../../../src/api/inference.ts';
import { Predictions } from '../../../src/api/predictions.ts';
import type { Prediction } from '../../../src/core/inspect/predictor.ts';
import { objection } from '../../models/api-schemas.ts';
import { listen, makeFolder, sendRaw } from './running.ts';
import type { Running } from './running.ts';

const ENGINE = { backend: 'none', models: ['slow'], faults: [] };

const verdict: Prediction = {
  label: 'positive',
  probability: 0.75,
  tokens: 1,
  known: 1,
  cut: 0,
  oovWords: [],
};

/** A response as it came over the wire, with its body read as the problem it must be. */
function problemIn(text: string): { status: number; head: string } {
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const status = Number(/^HTTP\/1\.1 (\d+) /.exec(head)?.[1]);
  const type = /content-type: ([^\r]+)/i.exec(head)?.[1] ?? '';
  expect(type, text).toBe('application/problem+json');
  const parsed = JSON.parse(body);
  expect(objection('GET', '/nowhere', { status, type, body: parsed })).toBeUndefined();
  expect(parsed.status).toBe(status);
  expect(head).toMatch(/cross-origin-embedder-policy: require-corp/i);
  return { status, head };
}

const post = (url: string, body: object): Promise<Response> =>
  fetch(`${url}predict`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

describe('a server without a model', () => {
  it('answers 503 and says so; the rest works', async () => {
    const folder = await makeFolder();
    const inference = new Inference(folder);
    const server = await listen(new Predictions(inference, await inference.start()));
    const response = await post(server.url, { review: 'good' });
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ status: 503, detail: /has no model/ });
    const health = await (await fetch(`${server.url}health`)).json();
    expect(health).toMatchObject({ models: [], default_model: null });
    await server.close();
    await inference.close();
    await rm(folder, { recursive: true });
  });
});

describe('a server whose model takes its time', () => {
  let release: (() => void) | undefined;
  let server: Running;
  const slow = (): Promise<readonly Prediction[]> =>
    new Promise((resolve) => (release = () => resolve([verdict])));

  beforeAll(async () => {
    server = await listen(new Predictions({ predict: slow }, ENGINE, 2));
  });
  afterAll(() => server.close());

  it('answers 503 with Retry-After when too many reviews wait, and then goes on', async () => {
    const full = await post(server.url, { reviews: ['a', 'b', 'c'] });
    expect(full.status).toBe(503);
    expect(full.headers.get('retry-after')).toBe('1');
    expect(await full.json()).toMatchObject({ detail: /Too many reviews/ });
    const first = post(server.url, { review: 'a' });
    await vi.waitUntil(() => release);
    release!();
    expect((await first).status).toBe(200);
  });

  it('lives on when a client goes away in the middle', async () => {
    const before = server.errors.length;
    for (let i = 0; i < 20; i += 1) {
      const socket = connect(server.port, '127.0.0.1');
      socket.on('error', () => {});
      socket.write('POST /predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n');
      socket.write('Content-Length: 100\r\n\r\n{"rev');
      await new Promise((resolve) => setTimeout(resolve, 3));
      if (i % 2 === 0) socket.destroy();
      else socket.resetAndDestroy();
    }
    expect((await fetch(`${server.url}health`)).status).toBe(200);
    expect(server.errors.slice(before)).toEqual([]);
  });
});

describe('a model that fails', () => {
  it('ends in a 500 that tells nothing of it', async () => {
    const predict = () => Promise.reject(new Error('secret /path/to/model.ts:12'));
    const server = await listen(new Predictions({ predict }, ENGINE));
    const response = await post(server.url, { review: 'good' });
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).not.toMatch(/secret|\.ts|at /);
    expect(JSON.parse(text)).toMatchObject({ title: 'Internal Server Error', status: 500 });
    expect(server.errors).toHaveLength(1);
    await server.close();
  });
});

describe('connections', () => {
  let server: Running;
  beforeAll(async () => {
    const predictions = new Predictions({ predict: () => Promise.resolve([verdict]) }, ENGINE);
    const timeouts = { headers: 300, request: 600, interval: 50 };
    server = await listen(predictions, { timeouts, base: '/sub/path/' });
  });
  afterAll(() => server.close());

  const head = 'POST /sub/path/predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';

  it.each([
    ['no HTTP at all', 400, 'hello\r\n\r\n'],
    ['a TLS greeting', 400, '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['no Host', 400, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['a Host that is none', 400, 'GET / HTTP/1.1\r\nHost: a b/c?d\r\nConnection: close\r\n\r\n'],
    ['a target that is no path', 400, 'GET * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
    [
      'a path that can’t be decoded',
      400,
      'GET /%E0%A4%A HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    ],
    [
      'an address of no web page',
      400,
      'GET ftp://x/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    ],
    ['headers without an end', 408, 'GET / HTTP/1.1\r\nHost: x\r\n'],
    ['a body that stops', 408, `${head}Content-Length: 100\r\n\r\n{"review`],
    ['headers of 100 kB', 431, `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(1e5)}\r\n\r\n`],
    ['two lengths', 400, `${head}Content-Length: 5\r\nContent-Length: 6\r\n\r\n`],
    ['a length and chunks', 400, `${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n`],
    ['a broken chunk', 400, `${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n`],
    ['CONNECT', 405, 'CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['TRACE', 405, 'TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
    ['a method that is none', 400, 'BREW /pot HTTP/1.1\r\nHost: x\r\n\r\n'],
    [
      'an expectation',
      417,
      `${head}Expect: wonders\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
    ],
    [
      'an unknown path under the API',
      404,
      'GET /sub/path/api/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    ],
  ])('%s: %i', async (_, status, bytes) => {
    const raw = Buffer.from(bytes, 'latin1');
    expect(problemIn(await sendRaw(server.port, raw)).status).toBe(status);
  });

  it('takes a whole address, and an upgrade that it has no use for', async () => {
    const whole = 'GET http://x/sub/path/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
    expect(await sendRaw(server.port, whole)).toMatch(/^HTTP\/1\.1 200 [\s\S]*"models":\["slow"\]/);
    const upgrade = whole.replace(
      'Connection: close',
      'Connection: Upgrade, close\r\nUpgrade: h2c',
    );
    expect(await sendRaw(server.port, upgrade)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('cuts off a body that drips', async () => {
    const socket = connect(server.port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => (text += chunk));
    socket.on('error', () => {});
    socket.write(`${head}Content-Length: 1000\r\n\r\n`);
    const drip = setInterval(() => socket.write(' '), 40);
    await new Promise((resolve) => socket.once('close', resolve));
    clearInterval(drip);
    expect(problemIn(text).status).toBe(408);
  });

  it('lies under its base alone', async () => {
    expect((await post(server.url, { review: 'good' })).status).toBe(200);
    const outside = await fetch(`http://127.0.0.1:${server.port}/health`);
    expect(await outside.text()).toBe('page');
  });
});
