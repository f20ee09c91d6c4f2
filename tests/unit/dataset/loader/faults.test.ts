import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { MAX_FAILURES } from '../../../../src/core/dataset/loader/connection.ts';
import { DataError } from '../../../../src/core/dataset/loader/errors.ts';
import type { DataErrorKind } from '../../../../src/core/dataset/loader/errors.ts';
import type { LoadProgress } from '../../../../src/core/dataset/loader/dataset.ts';
import { makeSite, setUp } from './fixture.ts';
import type { FakeServer, Fault } from './fixture.ts';

async function errorOf(promise: Promise<unknown>): Promise<DataError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DataError);
  return error as DataError;
}

const site = makeSite();
const shard = site.manifest.shards[0]!.file;
const good = site.files.get(shard)!;
const damaged = good.with(20, good[20]! ^ 1);
const requestsFor = (server: FakeServer, file: string) =>
  server.requests.filter((request) => request.file === file);

describe('an unusable file', () => {
  const cases: { name: string; fault: Fault; kind: DataErrorKind; message: RegExp }[] = [
    { name: 'one flipped bit', fault: { body: damaged }, kind: 'corrupt', message: /SHA-256/ },
    {
      name: 'an end cut off',
      fault: { body: good.subarray(0, 30) },
      kind: 'corrupt',
      message: /30 bytes instead of/,
    },
    {
      name: 'bytes too many',
      fault: { body: new Uint8Array([...good, 0, 0]) },
      kind: 'corrupt',
      message: /bytes instead of/,
    },
    {
      name: 'content unpacked on the way',
      fault: { body: new Uint8Array(gunzipSync(good)) },
      kind: 'format',
      message: /another form/,
    },
    {
      name: 'a page in its place',
      fault: { body: '<!doctype html>' },
      kind: 'format',
      message: /page/,
    },
    { name: 'no file', fault: { status: 404 }, kind: 'missing', message: /HTTP 404/ },
  ];

  it.each(cases)('$name: fetched again past every cache', async ({ fault }) => {
    const { open, server } = setUp(site);
    server.faults.set(shard, [fault]);
    const dataset = await open();
    await dataset.loadStarter();
    expect(dataset.loaded.train).toBe(3);
    expect(requestsFor(server, shard).map(({ cache }) => cache)).toEqual(['default', 'reload']);
  });

  it.each(cases)('$name twice: an error that names it', async ({ fault, kind, message }) => {
    const { open, server, caches } = setUp(site);
    server.faults.set(shard, [fault, fault]);
    const dataset = await open();
    const error = await errorOf(dataset.loadAll());
    expect(error).toMatchObject({ kind, file: shard, name: 'DataError' });
    expect(error.message).toMatch(message);
    expect(error.message.startsWith(`${shard} `), 'names the file').toBe(true);
    expect(error.message, 'says what to do').toMatch(/Reload the page/);
    const kept = [...caches.stores.values()].flatMap((store) => [...store.keys()]);
    expect(
      kept.filter((url) => url.endsWith(shard)),
      'nothing bad is kept',
    ).toEqual([]);

    await dataset.loadAll();
    expect(dataset.complete, 'a later attempt succeeds').toBe(true);
  });

  it('in the cache is dropped and fetched anew', async () => {
    const { open, server, caches } = setUp(site);
    await (await open()).loadAll();
    const [store] = caches.stores.values();
    const url = [...store!.keys()].find((key) => key.endsWith(shard))!;
    store!.set(url, damaged);
    server.requests.length = 0;
    const dataset = await open();
    await dataset.loadAll();
    expect(requestsFor(server, shard).map(({ cache }) => cache)).toEqual(['reload']);
    expect(server.asked).toEqual(['manifest.json', shard]);
    expect(store!.get(url)).toEqual(good);
  });

  it('with sound bytes but another content than the manifest says is a format error', async () => {
    const fresh = makeSite();
    const claimed = structuredClone(fresh.manifest);
    Object.assign(claimed.vocabulary, { size: 39, trainWords: 39 });
    fresh.files.set('manifest.json', new TextEncoder().encode(JSON.stringify(claimed)));
    const error = await errorOf(setUp(fresh).open());
    expect(error).toMatchObject({ kind: 'format', file: claimed.vocabulary.file });
    expect(error.message).toContain('40 words, but the manifest says 39');
  });
});

describe('the manifest', () => {
  it('is asked for past stale copies, and twice when it cannot be read', async () => {
    const { open, server } = setUp(site);
    server.faults.set('manifest.json', [{ body: '{"version": 1' }]);
    await open();
    const caches = requestsFor(server, 'manifest.json').map(({ cache }) => cache);
    expect(caches).toEqual(['no-cache', 'reload']);
  });

  it.each([
    { fault: { body: '[]' }, kind: 'format' },
    { fault: { body: '{"version": 2}' }, kind: 'format' },
    { fault: { status: 404 }, kind: 'missing' },
  ] satisfies { fault: Fault; kind: DataErrorKind }[])(
    'fails as $kind',
    async ({ fault, kind }) => {
      const { open, server } = setUp(site);
      server.faults.set('manifest.json', [fault, fault]);
      const error = await errorOf(open());
      expect(error).toMatchObject({ kind, file: 'manifest.json' });
      await open();
    },
  );
});

describe('a broken connection', () => {
  const large = site.manifest.shards[0]!;

  it('is resumed with a Range request for the rest', async () => {
    const { open, server, connection } = setUp(site);
    server.faults.set(shard, [{ breakAfter: 40 }, { breakAfter: 24 }]);
    const dataset = await open();
    const bytes: number[] = [];
    await dataset.loadStarter({ onProgress: ({ loadedBytes }) => bytes.push(loadedBytes) });
    expect(requestsFor(server, shard).map(({ range }) => range)).toEqual([
      null,
      'bytes=40-',
      'bytes=64-',
    ]);
    expect(bytes).toEqual(bytes.toSorted((a, b) => a - b));
    expect(bytes.at(-1)).toBe(large.bytes);
    expect(connection.waits).toEqual([1, 1]);
  });

  it('starts the file anew where the server knows no ranges', async () => {
    const { open, server } = setUp(site);
    server.knowsRanges = false;
    server.faults.set(shard, [{ breakAfter: 40 }]);
    const dataset = await open();
    await dataset.loadStarter();
    expect(dataset.loaded.train).toBe(3);
    expect(requestsFor(server, shard)).toHaveLength(2);
  });

  it.each([416, 206])('starts the file anew after an unsuitable HTTP %d', async (status) => {
    const { open, server } = setUp(site);
    server.faults.set(shard, [{ breakAfter: 40 }, { status }]);
    const dataset = await open();
    await dataset.loadStarter();
    expect(requestsFor(server, shard).map(({ range }) => range)).toEqual([null, 'bytes=40-', null]);
  });

  it('keeps the part that came through a passing server error', async () => {
    const { open, server } = setUp(site);
    server.faults.set(shard, [{ breakAfter: 40 }, { status: 503 }]);
    const dataset = await open();
    await dataset.loadStarter();
    const ranges = requestsFor(server, shard).map(({ range }) => range);
    expect(ranges).toEqual([null, 'bytes=40-', 'bytes=40-']);
  });

  it('needs no further request when only the end of the body was missed', async () => {
    const { open, server } = setUp(site);
    server.faults.set(shard, [{ breakAfter: large.bytes }]);
    const dataset = await open();
    await dataset.loadStarter();
    expect(requestsFor(server, shard)).toHaveLength(1);
  });

  it('is waited for while offline, however long, and then only the rest is fetched', async () => {
    const { open, server, connection } = setUp(site);
    const dataset = await open();
    await dataset.loadStarter();
    connection.online = false;
    server.reachable = false;
    const waiting: boolean[] = [];
    connection.onWait = () => {
      if (connection.waits.length < 10 * MAX_FAILURES) return;
      connection.online = true;
      server.reachable = true;
    };
    await dataset.loadAll({ onProgress: (progress) => waiting.push(progress.waiting) });
    expect(dataset.complete).toBe(true);
    expect(waiting[0]).toBe(true);
    expect(waiting.at(-1)).toBe(false);
    expect(requestsFor(server, shard)).toHaveLength(1);
  });

  it('ends as an offline error when the server stays silent, and a later attempt works', async () => {
    const { open, server, connection } = setUp(site);
    const dataset = await open();
    server.reachable = false;
    const error = await errorOf(dataset.loadStarter());
    expect(error).toMatchObject({ kind: 'offline', file: shard });
    expect(error.message).toContain('fetch failed');
    expect(connection.waits).toEqual([1, 2, 3, 4, 5]);
    server.reachable = true;
    await dataset.loadStarter();
    expect(dataset.loaded.train).toBe(3);
  });

  it('is given up and tried again when nothing comes for too long', async () => {
    const { open, server, connection } = setUp(site);
    server.faults.set(shard, ['hang']);
    const dataset = await open({ stallTimeout: 50 });
    await dataset.loadStarter();
    expect(connection.waits).toEqual([1]);
  });

  it('is resumed by a later load after an abort', async () => {
    const { open, server } = setUp(site);
    const dataset = await open();
    const controller = new AbortController();
    const onProgress = ({ loadedBytes }: LoadProgress) => {
      if (loadedBytes >= 48) controller.abort();
    };
    const { signal } = controller;
    await expect(dataset.loadStarter({ signal, onProgress })).rejects.toThrow(/abort/i);
    await dataset.loadStarter();
    expect(dataset.loaded.train).toBe(3);
    expect(requestsFor(server, shard).map(({ range }) => range)).toEqual([null, 'bytes=48-']);
  });

  it('can be left by an abort while waiting', async () => {
    const { open, server, connection } = setUp(site);
    const dataset = await open();
    server.reachable = false;
    connection.online = false;
    const controller = new AbortController();
    connection.onWait = () => controller.abort(new Error('left'));
    await expect(dataset.loadStarter({ signal: controller.signal })).rejects.toThrow('left');
  });

  it('from the start is waited for, with news', async () => {
    const { open, server, connection } = setUp(site);
    server.reachable = false;
    connection.online = false;
    connection.onWait = () => {
      server.reachable = true;
    };
    const waiting: string[] = [];
    await open({ onProgress: (progress) => progress.waiting && waiting.push(progress.file) });
    expect(waiting).toEqual(['manifest.json']);
  });
});
