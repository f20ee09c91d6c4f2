import { describe, expect, it } from 'vitest';
import type { LoadProgress } from '../../../../src/core/dataset/loader/dataset.ts';
import { SPLITS } from '../../../../src/core/dataset/types.ts';
import { BASE_URL, expectedReviews, REVIEWS, reviewsOf, setUp } from './fixture.ts';

describe('openDataset', () => {
  it('reads the manifest and the vocabulary, and no shard', async () => {
    const { open, site, server } = setUp();
    const dataset = await open();
    expect(server.asked).toEqual(['manifest.json', site.manifest.vocabulary.file]);
    expect(dataset.manifest).toEqual(site.manifest);
    expect(dataset.vocabulary.words[3]).toBe('word3');
    expect(dataset.loaded).toEqual({ train: 0, validation: 0, test: 0 });
    expect(dataset.table('train').rows).toHaveLength(0);
  });

  it('accepts a base URL without the slash at its end', async () => {
    const { open } = setUp();
    const dataset = await open({ baseUrl: BASE_URL.slice(0, -1) });
    expect(dataset.manifest.reviews).toBe(REVIEWS);
  });
});

describe('loading', () => {
  it('loads the starter shard alone, split by split', async () => {
    const { open, site, server } = setUp();
    const dataset = await open();
    await dataset.loadStarter();
    expect(server.asked.slice(2)).toEqual([site.manifest.shards[0]!.file]);
    expect(dataset.loaded).toEqual({ train: 3, validation: 1, test: 2 });
    expect(dataset.complete).toBe(false);
    expect(Array.from(dataset.table('train').rows)).toEqual([1000, 1001, 1005]);
  });

  it('loads the rest in the sealed order, each file once, three at a time', async () => {
    const { open, site, server } = setUp();
    const dataset = await open();
    await dataset.loadStarter();
    await dataset.loadAll();
    expect(new Set(server.asked).size, 'a file was fetched twice').toBe(server.asked.length);
    expect(server.mostInFlight).toBe(3);
    expect(dataset.complete).toBe(true);
    for (const split of SPLITS) {
      expect(reviewsOf(dataset.table(split)), split).toEqual(expectedReviews(site, split));
    }
  });

  it('keeps the order when an early shard comes last', async () => {
    const { open, site, server, connection } = setUp();
    server.faults.set(site.manifest.shards[1]!.file, ['refuse', 'refuse']);
    connection.wait = () => new Promise((resolve) => setTimeout(resolve, 20));
    const dataset = await open();
    await dataset.loadAll();
    for (const split of SPLITS) {
      expect(reviewsOf(dataset.table(split)), split).toEqual(expectedReviews(site, split));
    }
  });

  it('gives snapshots that later shards do not change', async () => {
    const { open, site } = setUp();
    const dataset = await open();
    await dataset.loadStarter();
    const before = dataset.table('test');
    const copy = structuredClone(before);
    await dataset.loadAll();
    expect(before).toEqual(copy);
    const after = reviewsOf(dataset.table('test'));
    expect(after.slice(0, copy.rows.length), 'the prefix changed').toEqual(reviewsOf(copy));
    expect(after).toEqual(expectedReviews(site, 'test'));
  });

  it('shares one transfer between loads that run together', async () => {
    const { open, server } = setUp();
    const dataset = await open();
    await Promise.all([dataset.loadStarter(), dataset.loadAll(), dataset.loadAll()]);
    expect(new Set(server.asked).size, 'a file was fetched twice').toBe(server.asked.length);
    expect(dataset.complete).toBe(true);
  });

  it('reports rising bytes and reviews up to the totals', async () => {
    const { open, site } = setUp();
    const opening: LoadProgress[] = [];
    const dataset = await open({ onProgress: (progress) => opening.push(progress) });
    expect(opening.at(-1)).toMatchObject({
      file: site.manifest.vocabulary.file,
      loadedBytes: site.manifest.vocabulary.bytes,
      totalBytes: site.manifest.vocabulary.bytes,
    });
    const events: LoadProgress[] = [];
    await dataset.loadAll({ onProgress: (progress) => events.push(progress) });
    const totalBytes = site.manifest.wire.all - site.manifest.vocabulary.bytes;
    events.reduce((previous, event) => {
      expect(event.totalBytes).toBe(totalBytes);
      expect(event.loadedBytes).toBeGreaterThanOrEqual(previous.loadedBytes);
      expect(event.reviews).toBeGreaterThanOrEqual(previous.reviews);
      return event;
    });
    expect(events.length, 'news within files').toBeGreaterThan(site.manifest.shards.length * 2);
    expect(events.at(-1)).toMatchObject({
      loadedBytes: totalBytes,
      reviews: REVIEWS,
      fromCache: false,
      waiting: false,
    });
  });

  it('stops on abort, keeps what had come, and goes on later', async () => {
    const { open, server, site } = setUp();
    const dataset = await open();
    const controller = new AbortController();
    const reason = new Error('enough');
    const load = dataset.loadAll({
      signal: controller.signal,
      onProgress: ({ reviews }) => {
        if (reviews > 0) controller.abort(reason);
      },
    });
    await expect(load).rejects.toBe(reason);
    const { train } = dataset.loaded;
    expect(train).toBeGreaterThan(0);
    expect(dataset.complete).toBe(false);
    await dataset.loadAll();
    expect(dataset.complete).toBe(true);
    const starter = site.manifest.shards[0]!.file;
    expect(server.asked.filter((file) => file === starter)).toHaveLength(1);
  });

  it('leaves a shared transfer alone when only one of its loads is aborted', async () => {
    const { open } = setUp();
    const dataset = await open();
    const controller = new AbortController();
    const first = dataset.loadAll({ signal: controller.signal });
    const second = dataset.loadAll();
    controller.abort();
    await expect(first).rejects.toThrow(/abort/i);
    await second;
    expect(dataset.complete).toBe(true);
  });

  it('does not start with a signal that is aborted already', async () => {
    const { open, server } = setUp();
    await expect(open({ signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
    expect(server.asked).toEqual([]);
  });
});

describe('texts', () => {
  it('gives any text by its place in the sealed order, one fetch per shard', async () => {
    const { open, site, server } = setUp();
    const dataset = await open();
    const asked = server.asked.length;
    const texts = await Promise.all(site.texts.map((_, position) => dataset.text(position)));
    expect(texts).toEqual(site.texts);
    await dataset.text(5);
    expect(server.asked.slice(asked).toSorted()).toEqual(
      site.manifest.texts.map(({ file }) => file).toSorted(),
    );
  });

  it('finds the text of a loaded row', async () => {
    const { open, site } = setUp();
    const dataset = await open();
    expect(dataset.positionOf(1004)).toBeUndefined();
    await dataset.loadAll();
    const row = dataset.table('test').rows[1]!;
    const position = dataset.positionOf(row)!;
    expect(position).toBe(row - 1000);
    expect(await dataset.text(position)).toBe(site.texts[position]);
  });

  it.each([-1, 0.5, REVIEWS, NaN])('refuses position %d', async (position) => {
    const { open } = setUp();
    const dataset = await open();
    await expect(dataset.text(position)).rejects.toThrow(
      new RangeError(`There is no review at position ${position}: they go to ${REVIEWS - 1}.`),
    );
  });
});
