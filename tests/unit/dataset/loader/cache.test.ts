import { describe, expect, it } from 'vitest';
import { CACHE_NAME } from '../../../../src/core/dataset/loader/cache.ts';
import type { LoadProgress } from '../../../../src/core/dataset/loader/dataset.ts';
import { BASE_URL, makeSite, setUp } from './fixture.ts';

describe('the cache', () => {
  it('spares a second visit every request but the manifest', async () => {
    const { open, server, site } = setUp();
    const first = await open();
    await first.loadAll();
    await first.text(0);
    server.requests.length = 0;

    const dataset = await open();
    const events: LoadProgress[] = [];
    await dataset.loadAll({ onProgress: (progress) => events.push(progress) });
    expect(await dataset.text(0)).toBe(site.texts[0]);
    expect(server.requests).toEqual([{ file: 'manifest.json', cache: 'no-cache', range: null }]);
    expect(dataset.storage).toBe('cached');
    expect(events.every(({ fromCache }) => fromCache)).toBe(true);
    const { all } = site.manifest.wire;
    expect(events.at(-1)!.loadedBytes).toBe(all - site.manifest.vocabulary.bytes);
  });

  it('serves a whole visit without a connection', async () => {
    const { open, server, connection } = setUp();
    await (await open()).loadAll();
    server.reachable = false;
    connection.online = false;
    const dataset = await open();
    await dataset.loadAll();
    expect(dataset.complete).toBe(true);
    expect(connection.waits).toEqual([]);
  });

  it('loses the files that a new manifest no longer names, and nothing of other pages', async () => {
    const before = setUp();
    await (await before.open()).loadAll();
    const { caches } = before;
    const store = caches.stores.get(CACHE_NAME)!;
    const foreign = 'https://example.test/other/file.bin';
    store.set(foreign, new Uint8Array(1));
    await caches.open('unrolled-data-v0');
    await caches.open('somebody-else');

    const site = makeSite('2');
    before.server.files = site.files;
    const dataset = await before.open();
    await dataset.loadStarter();
    const { vocabulary, shards } = site.manifest;
    const unchanged = before.site.manifest.shards.filter((old) =>
      shards.some(({ file }) => file === old.file),
    );
    const named = ['manifest.json', vocabulary.file, ...unchanged.map(({ file }) => file)];
    const expected = [...named.map((file) => `${BASE_URL}${file}`), foreign];
    expect([...store.keys()].toSorted()).toEqual(expected.toSorted());
    expect([...caches.stores.keys()].toSorted()).toEqual(['somebody-else', CACHE_NAME].toSorted());
  });

  it('that is full is told once; loading goes on without it', async () => {
    const { open, caches } = setUp();
    caches.writeError = new DOMException('The quota is exceeded.', 'QuotaExceededError');
    const reasons: string[] = [];
    const dataset = await open({ onStorageUnavailable: (reason) => reasons.push(reason) });
    expect(dataset.storage).toBe('unavailable');
    await dataset.loadAll();
    expect(dataset.complete).toBe(true);
    expect(reasons).toEqual(['The quota is exceeded.']);
    expect(caches.writes, 'writing goes on after a refusal').toBe(1);
  });

  it('that fills up half-way still serves what it holds', async () => {
    const { open, caches, server, site } = setUp();
    const dataset = await open();
    await dataset.loadStarter();
    caches.writeError = new Error('full');
    await dataset.loadAll();
    expect(dataset.storage).toBe('unavailable');
    server.requests.length = 0;
    await (await open()).loadStarter();
    expect(server.asked).toEqual(['manifest.json']);
    expect(site.manifest.shards).toHaveLength(5);
  });

  it.each([
    { name: 'absent', caches: null },
    {
      name: 'refused',
      caches: {
        open: () => Promise.reject(new DOMException('Not allowed.', 'SecurityError')),
        keys: () => Promise.resolve([]),
        delete: () => Promise.resolve(false),
      },
    },
  ])('that is $name is told once', async ({ caches }) => {
    const { open } = setUp();
    const reasons: string[] = [];
    const dataset = await open({ caches, onStorageUnavailable: (reason) => reasons.push(reason) });
    await dataset.loadAll();
    expect(dataset.complete).toBe(true);
    expect(dataset.storage).toBe('unavailable');
    expect(reasons).toHaveLength(1);
  });
});
