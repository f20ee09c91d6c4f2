import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { startServer } from '../../scripts/load/server-process.ts';
import { objection } from '../models/api-schemas.ts';
import { trainModel } from '../models/train-model.ts';
import { fuzzCase } from './predict/fuzz-cases.ts';
import type { FuzzCase } from './predict/fuzz-cases.ts';
import { sendBytes } from './predict/raw-request.ts';
import type { RawAnswer } from './predict/raw-request.ts';

const REQUESTS = 10_000;
const AT_A_TIME = 64;
const PROBLEM = 'application/problem+json';
const API = new Set(['/predict', '/api/predict', '/health', '/openapi.json']);

/** What is wrong with an answer; undefined if nothing. */
function complaint({ method, path, damaged }: FuzzCase, answer: RawAnswer | undefined) {
  if (!answer) return 'no answer';
  const { status, headers, body } = answer;
  if (headers['cross-origin-embedder-policy'] !== 'require-corp') return 'no isolation headers';
  if (/\n\s+at |node_modules|\.ts:\d/.test(body)) return `a stack trace: ${body.slice(0, 200)}`;
  const type = headers['content-type'] ?? '';
  if (type === PROBLEM) {
    const details = method === 'HEAD' && body === '' ? undefined : JSON.parse(body);
    if (details && details.status !== status) return `says ${details.status} with ${status}`;
    // Damage can make it a request for something else.
    const described = API.has(path) && !damaged && ![404, 431].includes(status);
    const known = described ? path : '/nowhere';
    return details && objection(method, known, { status, type, body: details });
  }
  if (status >= 500) return `${status} ${type}: ${body.slice(0, 100)}`;
  if (!API.has(path) || damaged) return undefined;
  if (method === 'HEAD') return status === 200 ? undefined : `${status} to HEAD`;
  return objection(method, path, { status, type, body: JSON.parse(body) });
}

test('10,000 hostile requests: only documented answers, and the server lives', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'unrolled-models-'));
  await trainModel(folder);
  const server = await startServer(folder);
  const port = Number(new URL(server.url).port);
  const statuses: Record<number, number> = {};
  const complaints: string[] = [];
  let next = 0;

  async function client(): Promise<void> {
    while (next < REQUESTS && complaints.length < 10) {
      const n = next++;
      const sent = fuzzCase(1, n);
      const answer = await sendBytes(port, sent.bytes);
      if (answer) statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
      const wrong = complaint(sent, answer);
      if (wrong) complaints.push(`case ${n}, ${sent.method} ${sent.path}: ${wrong}`);
    }
  }

  let health: Response;
  try {
    await Promise.all(Array.from({ length: AT_A_TIME }, client));
    health = await fetch(`${server.url}health`);
    expect(server.exitCode()).toBe(null);
  } finally {
    server.stop();
    await rm(folder, { recursive: true });
  }
  expect(complaints).toEqual([]);
  expect(health.status).toBe(200);
  // The mix reaches what it means to reach.
  for (const status of [200, 400, 404, 405, 413, 415, 417, 422, 431]) {
    expect(statuses[status] ?? 0, String(status)).toBeGreaterThan(0);
  }
});
