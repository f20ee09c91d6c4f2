import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { startServer } from '../../scripts/load/server-process.ts';
import { readModelFolder } from '../../src/api/model-folder.ts';
import { writeZip } from '../../src/core/models/archive/zip.ts';
import { Predictor } from '../../src/core/inspect/predictor.ts';
import { realReviews } from '../../scripts/load/reviews.ts';
import { SMALL, trainModel } from '../models/train-model.ts';
import { test } from './predict/harness.ts';

test('page worker, server and scripts agree on real reviews', async ({ call }) => {
  const folder = await mkdtemp(join(tmpdir(), 'unrolled-models-'));
  const { trained } = await trainModel(folder);
  const reviews = [
    ...(await realReviews(200)).slice(0, 20),
    'good',
    'xqzzt 好',
    'The worst. '.repeat(90),
  ];
  const script = await new Predictor(trained).predict(reviews);

  const server = await startServer(folder);
  const response = await fetch(`${server.url}predict`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ reviews }),
  });
  server.stop();
  expect(response.status).toBe(200);
  const { predictions: served } = (await response.json()) as { predictions: any[] };

  const zip = writeZip(await readModelFolder(join(folder, SMALL)));
  const { backend, reason, predictions: paged } = await call('predict', zip, reviews);
  await rm(folder, { recursive: true });

  expect(backend, reason).toBe('simd');
  expect(new Set(served.map(({ probability }) => probability)).size).toBeGreaterThan(20);
  for (const [i, { probability, label, tokens, known, cut, oovWords }] of script.entries()) {
    expect(Math.abs(served[i].probability - probability), `server, ${i}`).toBeLessThan(1e-5);
    expect(Math.abs(paged[i]!.probability - probability), `page, ${i}`).toBeLessThan(1e-5);
    expect(paged[i]).toMatchObject({ label, tokens, known, cut, oovWords });
    expect(served[i]).toMatchObject({
      label,
      tokens_used: tokens,
      tokens_known: known,
      tokens_cut: cut,
      oov_words: oovWords,
    });
  }
});

test('a worker keeps models, replaces and forgets them', async ({ call }) => {
  expect(await call('replaceAndDelete')).toEqual({
    replaced: new Uint8Array(20).fill(2),
    names: ['mine'],
    missing: 'missing',
    after: [],
  });
});

test('models outlive the page', async ({ call, page }) => {
  await call('fill', [1000, 2000]);
  await page.reload();
  expect(await call('fill', [])).toEqual({
    failure: undefined,
    kept: [
      ['model 0', 1000],
      ['model 1', 2000],
    ],
  });
});

test('a full browser is named as such, and loses nothing', async ({ call, page, site }) => {
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', {
    origin: site.replace(/\/$/, ''),
    quotaSize: 4_000_000,
  });
  const { failure, kept } = await call('fill', [1_000_000, 1_500_000, 20_000_000]);
  expect(failure).toEqual({
    name: 'StoreError',
    message: 'model 2 (20.0 MB) was not kept: the browser has no room left for this site.',
    reason: 'full',
  });
  expect(kept).toEqual([
    ['model 0', 1_000_000],
    ['model 1', 1_500_000],
  ]);
});
