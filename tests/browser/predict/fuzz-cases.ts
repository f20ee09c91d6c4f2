import { createRandom } from '../../../src/core/random.ts';
import type { Random } from '../../../src/core/random.ts';

/** One request of the fuzz, as bytes, and what is known of it. */
export interface FuzzCase {
  readonly method: string;
  /** The path without a query. */
  readonly path: string;
  readonly bytes: Buffer;
  /** Whether it was damaged as bytes: then it may be no HTTP at all. */
  readonly damaged: boolean;
}

const METHODS = 'GET HEAD POST PUT DELETE PATCH OPTIONS TRACE CONNECT PROPFIND BREW get'.split(' ');

const PATHS = [
  ...['/predict', '/api/predict', '/health', '/openapi.json', '/api/x', '/api', '/', '/lab/'],
  ...['/predict/', '/no-such-page', '/%', '/%00', '/..%2f..%2fetc/passwd', '/../../etc/passwd'],
  ...['//predict', '/predict?x=1', '/models/small-gru/model.json', '/data/manifest.json', '*', 'x'],
  ...[
    'http://x/predict',
    'http://[::1',
    '/\\predict',
    '/predict#x',
    '/api/%E5%A5%BD',
    '/_astro/x.js',
  ],
];

const TYPES = [
  'application/json',
  'application/json; charset=utf-8',
  'application/json; charset=latin1',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  '',
  'application/',
];

const WORDS = [
  ...'good bad film great awful the a of not xqzzt'.split(' '),
  ...['好', '✨', 'é', '👩‍👩‍👧', '\u0000', '\u202e', '\ud800', 'İ', '<br />', '"', '\\', '\n', 'ﬁ'],
];

const HEADERS = [
  'Expect: 100-continue',
  'Expect: the-unexpected',
  'Content-Encoding: gzip',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: gzip',
  'Upgrade: websocket',
  'Origin: http://elsewhere.example',
  'X-Forwarded-Host: a b',
  'X-Forwarded-Proto: javascript',
  'Accept: nothing/at-all',
  'Range: bytes=5-1',
  'If-None-Match: "x"',
  'If-Modified-Since: yesterday',
  'Cookie: a=b; c',
  'Content-Length: 5',
  'Content-Length: -1',
  `X-Long: ${'y'.repeat(20_000)}`,
  'no colon',
  'Bad Name: x',
];

/** The n-th case of a seed: mostly almost right, since what is plainly wrong ends early. */
export function fuzzCase(seed: number, n: number): FuzzCase {
  const random = createRandom(seed * 100_003 + n);
  const pick = <T>(list: readonly T[]): T => list[random.int(list.length)]!;
  const mostly = <T>(usual: T, others: readonly T[]): T =>
    random.next() < 0.85 ? usual : pick(others);

  const method = mostly('POST', METHODS);
  const target = mostly('/predict', PATHS);
  const body = bodyOf(random);
  const lines = [`${method} ${target} HTTP/1.1`];
  lines.push(`Host: ${mostly('localhost', ['', 'a b', '[::1]:80', 'x:99999', 'é'])}`);
  lines.push('Connection: close');
  const type = mostly('application/json', TYPES);
  if (type !== '') lines.push(`Content-Type: ${type}`);
  if (random.next() < 0.9) lines.push(`Content-Length: ${lengthOf(random, body.length)}`);
  while (random.next() < 0.15) lines.push(pick(HEADERS));
  const bytes = Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
  const damaged = random.next() < 0.1;
  if (damaged) damage(random, bytes);
  return { method, path: target.split(/[?#]/)[0]!, bytes, damaged };
}

function bodyOf(random: Random): Buffer {
  const text = (): string =>
    Array.from({ length: random.int(30) }, () => WORDS[random.int(WORDS.length)]!).join(' ');
  const model =
    random.next() < 0.3 ? { model: ['small-gru', 'none', '', '__proto__'][random.int(4)] } : {};
  const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
  switch (random.int(12)) {
    case 0:
    case 1:
    case 2:
      return json({ review: text(), ...model });
    case 3:
    case 4:
      return json({ reviews: Array.from({ length: random.int(8) }, text), ...model });
    case 5:
      return json({ reviews: Array.from({ length: random.int(200) }, () => 'a'), ...model });
    case 6:
      return json([{ review: text() }, text(), null, 1e99, { a: { b: [] } }][random.int(5)]);
    case 7:
      return json({ review: [1, null, {}, [], true][random.int(5)], extra: text() });
    case 8: {
      const whole = json({ review: text(), ...model });
      return whole.subarray(0, random.int(whole.length));
    }
    case 9:
      return Buffer.from(Array.from({ length: random.int(300) }, () => random.int(256)));
    case 10:
      return Buffer.from(['[', '{"a":', '"', ' '][random.int(4)]!.repeat(random.int(20_000)));
    default:
      return Buffer.alloc(65_000 + random.int(2_000) + (random.int(10) === 0 ? 300_000 : 0), 0x20);
  }
}

function lengthOf(random: Random, length: number): number | string {
  if (random.next() < 0.85) return length;
  return [length + 1, Math.max(0, length - 1), 0, 1e7, 1e30, '0x10', '5, 5', ''][random.int(8)]!;
}

function damage(random: Random, bytes: Buffer): void {
  const changes = 1 + random.int(4);
  for (let i = 0; i < changes; i += 1)
    bytes[random.int(Math.min(300, bytes.length))] = random.int(256);
}
