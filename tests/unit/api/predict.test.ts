import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Predictor } from '../../../src/core/inspect/predictor.ts';
import type { Pipeline } from '../../../src/core/pipeline.ts';
import { objection } from '../../models/api-schemas.ts';
import { SMALL, trainModel } from '../../models/train-model.ts';
import { makeFolder, sendRaw, serveModels } from './running.ts';

const REVIEWS = [
  'I loved every minute of this wonderful, moving film. Great acting, excellent!',
  'The worst film I have ever seen: boring, stupid, awful acting, a waste of time.',
  'xqzzt 好 ✨ film',
  'good '.repeat(100),
];

let server: Awaited<ReturnType<typeof serveModels>>;
let pipeline: Pipeline;

beforeAll(async () => {
  const folder = await makeFolder();
  pipeline = await trainModel(folder);
  await cp(join(folder, SMALL), join(folder, 'twin'), { recursive: true });
  await cp(join(folder, SMALL), join(folder, 'broken'), { recursive: true });
  await writeFile(join(folder, 'broken/weights.bin'), 'no weights');
  server = await serveModels(folder);
});

afterAll(() => server?.close());

/** Asks the server; the answer has passed the OpenAPI description and carries every header. */
async function ask(path: string, init: RequestInit & { duplex?: 'half' } = {}) {
  const response = await fetch(`${server.url}${path}`, init);
  const text = await response.text();
  const type = response.headers.get('content-type')!;
  const method = init.method ?? 'GET';
  const body = method === 'HEAD' ? undefined : JSON.parse(text);
  if (method !== 'HEAD') {
    const { status } = response;
    expect(objection(method, `/${path}`, { status, type, body }), text).toBeUndefined();
    if (status >= 400) expect(body.status).toBe(status);
  }
  expect(response.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
  expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin');
  expect(response.headers.get('cache-control')).toBe('no-store');
  return { status: response.status, headers: response.headers, type, body };
}

const post = (body: BodyInit, type = 'application/json', path = 'predict') =>
  ask(path, { method: 'POST', body, headers: { 'Content-Type': type } });

const predict = (body: unknown, path?: string) => post(JSON.stringify(body), undefined, path);

describe('POST /predict', () => {
  it('answers what the model answers in this thread, alone and together', async () => {
    const expected = await new Predictor(pipeline.trained).predict(REVIEWS);
    const together = await predict({ reviews: REVIEWS });
    expect(together.status).toBe(200);
    expect(together.body.model).toBe(SMALL);
    for (const [i, { probability, label, tokens, known, cut, oovWords }] of expected.entries()) {
      const wanted = {
        label,
        probability: expect.closeTo(probability, 6),
        tokens_used: tokens,
        tokens_known: known,
        tokens_cut: cut,
        truncated: cut > 0,
        oov_words: oovWords,
      };
      expect(together.body.predictions[i]).toEqual(wanted);
      const { status, body } = await predict({ review: REVIEWS[i] }, 'api/predict');
      expect(status).toBe(200);
      expect(body).toEqual({ model: SMALL, ...wanted });
    }
    const labels = together.body.predictions.map((one: { label: string }) => one.label);
    expect(labels.slice(0, 2)).toEqual(['positive', 'negative']);
    expect(together.body.predictions[2].oov_words).toEqual(['xqzzt', '好', '✨']);
    expect(together.body.predictions[3]).toMatchObject({ truncated: true, tokens_cut: 40 });
  });

  it('gives hundreds of requests at once the answers that each gets alone', async () => {
    const bodies = Array.from({ length: 200 }, (_, i) => ({
      review: `${REVIEWS[i % 2]} ${'bad '.repeat(i % 7)}`,
      model: i % 3 === 0 ? 'twin' : SMALL,
    }));
    const together = await Promise.all(bodies.map((body) => predict(body)));
    for (const i of [0, 1, 50, 99, 199]) {
      const alone = await predict(bodies[i]);
      expect(together[i]!.body).toEqual({
        ...alone.body,
        probability: expect.closeTo(alone.body.probability, 6),
      });
    }
  });

  it('asks the model that is named, and knows no other', async () => {
    expect((await predict({ review: 'good', model: 'twin' })).body.model).toBe('twin');
    for (const model of ['nope', '../small-gru', '__proto__', '', 'broken']) {
      const { status, body } = await predict({ review: 'good', model });
      expect(status, model).toBe(404);
      expect(body.detail).toContain('there is small-gru, twin');
    }
  });

  it.each([
    ['null', 422, 'must be an object'],
    ['[]', 422, 'must be an object'],
    ['"good"', 422, 'must be an object'],
    ['{}', 422, 'either "review"'],
    ['{"review":"good","reviews":["good"]}', 422, 'either "review"'],
    ['{"review":1}', 422, '"review" must be a string'],
    ['{"review":["good"]}', 422, '"review" must be a string'],
    ['{"review":""}', 422, '"review" has no word'],
    ['{"review":" \\n <>... "}', 422, '"review" has no word'],
    ['{"reviews":[]}', 422, '1 to 64 strings, not 0'],
    ['{"reviews":"good"}', 422, '1 to 64 strings.'],
    ['{"reviews":["good",null]}', 422, '"reviews"[1] must be a string'],
    ['{"reviews":["good",""]}', 422, '"reviews"[1] has no word'],
    ['{"review":"good","model":7}', 422, '"model" must be a string'],
    ['{"review":"good","text":"bad"}', 422, 'There is no field "text"'],
    ['{"review":"good","__proto__":{}}', 422, 'There is no field "__proto__"'],
    ['', 400, 'is empty'],
    ['good', 400, 'is not JSON'],
    ['{"review":"good"', 400, 'is not JSON'],
    ['{"review":"good"}}', 400, 'is not JSON'],
    ['\ufeff\ufeff{"review":"good"}', 400, 'is not JSON'],
    ['['.repeat(60_000), 400, 'is not JSON'],
  ])('refuses %.40s', async (body, status, says) => {
    const answer = await post(body);
    expect(answer.status).toBe(status);
    expect(answer.type).toBe('application/problem+json');
    expect(answer.body.detail).toContain(says);
  });

  it('refuses 10,000 reviews, and 64 kB and a byte, but not 64 kB', async () => {
    const many = await predict({ reviews: Array.from({ length: 10_000 }, () => 'a') });
    expect(many.status).toBe(422);
    expect(many.body.detail).toContain('not 10000');
    const padded = (bytes: number) => '{"review":"good"}'.padEnd(bytes);
    expect((await post(padded(65_536))).status).toBe(200);
    expect((await post(padded(65_537))).status).toBe(413);
  });

  it('refuses bytes that are no text', async () => {
    const { status, body } = await post(Uint8Array.of(0x22, 0xff, 0xfe, 0x22));
    expect(status).toBe(400);
    expect(body.detail).toContain('UTF-8');
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=utf-16',
    'application/json5',
    '',
  ])('refuses the type %s, from any origin', async (type) => {
    const response = await ask('predict', {
      method: 'POST',
      body: new Blob(['{"review":"good"}']),
      headers: { Origin: 'http://elsewhere.example', ...(type ? { 'Content-Type': type } : {}) },
    });
    expect(response.status).toBe(415);
    expect(response.headers.get('accept')).toBe('application/json');
  });

  it('takes JSON with a charset, and no encoded body', async () => {
    expect((await post('{"review":"good"}', 'Application/JSON; charset=UTF-8')).status).toBe(200);
    const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' };
    expect((await ask('predict', { method: 'POST', body: 'x', headers })).status).toBe(415);
  });

  it('answers a body that never ends as soon as it is too long', async () => {
    const piece = new TextEncoder().encode(' '.repeat(16_384));
    let sent = 0;
    const body = new ReadableStream({
      pull: (controller) => (sent++ < 640 ? controller.enqueue(piece) : controller.close()),
    });
    const headers = { 'Content-Type': 'application/json' };
    const { status } = await ask('predict', { method: 'POST', body, headers, duplex: 'half' });
    expect(status).toBe(413);
  });

  it('refuses 10 MB before a byte of them has come', async () => {
    const head = 'POST /predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
    const answer = await Promise.race([
      sendRaw(server.port, `${head}Connection: close\r\nContent-Length: 10485760\r\n\r\n`),
      new Promise<string>((_, reject) => setTimeout(() => reject(new Error('no answer')), 5000)),
    ]);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });
});

describe('the other routes', () => {
  it('/health names the models that work, and what they run on', async () => {
    const { body } = await ask('health');
    expect(body).toEqual({
      status: 'ok',
      version: '0.0.0',
      backend: 'simd',
      models: [SMALL, 'twin'],
      default_model: SMALL,
    });
    expect((await server.inference.start()).faults).toEqual([
      expect.stringContaining('The model broken can’t be used: weights.bin is damaged'),
    ]);
    expect((await ask('health', { method: 'HEAD' })).status).toBe(200);
  });

  it('/openapi.json describes them', async () => {
    const { body } = await ask('openapi.json');
    expect(Object.keys(body.paths)).toEqual([
      '/predict',
      '/api/predict',
      '/health',
      '/openapi.json',
    ]);
  });

  it.each([
    ['predict', 'GET', 'POST'],
    ['predict', 'PUT', 'POST'],
    ['api/predict/', 'DELETE', 'POST'],
    ['predict', 'OPTIONS', 'POST'],
    ['health', 'POST', 'GET, HEAD'],
    ['openapi.json', 'PATCH', 'GET, HEAD'],
    ['', 'POST', 'GET, HEAD'],
    ['lab', 'DELETE', 'GET, HEAD'],
  ])('/%s has no %s', async (path, method, allow) => {
    const { status, headers } = await ask(path, { method });
    expect(status).toBe(405);
    expect(headers.get('allow')).toBe(allow);
  });

  it('nothing else lies under /api', async () => {
    for (const path of ['api', 'api/', 'api/models', 'api/predict/x', 'api/%E5%A5%BD']) {
      expect((await ask(path)).status, path).toBe(404);
    }
  });

  it('pages get through, with the headers', async () => {
    const response = await fetch(`${server.url}lab`);
    expect(await response.text()).toBe('page');
    expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });
});

it('starts its thread again when it has ended', async () => {
  await server.inference.close();
  expect((await predict({ review: 'good' })).status).toBe(200);
  const lost = predict({ review: 'good' });
  await server.inference.close();
  expect([200, 500]).toContain((await lost).status);
  expect((await predict({ review: 'good' })).status).toBe(200);
});
