import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLock } from '../../../scripts/data/lock.ts';
import type { Put } from '../../../scripts/data/publish.ts';
import { isComplete, publish, readManifest } from '../../../scripts/data/publish.ts';
import type { Manifest } from '../../../src/core/dataset/types.ts';
import { exampleManifest } from './example-manifest.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'unrolled-publish-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const bytes = (length: number, fill: number): Uint8Array => new Uint8Array(length).fill(fill);

/** Puts the example's files with contents of the given fill, and names them in its manifest. */
function writeExample(put: Put, fill: number): Manifest {
  const example = exampleManifest();
  const [starter, test] = example.shards;
  return {
    ...example,
    vocabulary: { ...example.vocabulary, ...put('vocabulary', bytes(50, fill)) },
    shards: [
      { ...starter!, ...put('starter', bytes(100, fill)) },
      { ...test!, ...put('test-01', bytes(70, fill)) },
    ],
    texts: [{ ...example.texts[0]!, ...put('texts-001', bytes(200, fill)) }],
  };
}

function state(): Record<string, string> {
  return Object.fromEntries(
    readdirSync(dir).map((name) => [name, readFileSync(join(dir, name), 'latin1')]),
  );
}

describe('publish', () => {
  it('writes the files, names them by their hash and removes those of before', async () => {
    writeFileSync(join(dir, 'README.md'), 'stays');
    writeFileSync(join(dir, 'mine.bin'), 'stays too');
    const first = await publish(dir, async (put) => writeExample(put, 1));
    expect(readManifest(dir)).toEqual(first);
    expect(isComplete(dir, first)).toBe(true);
    expect(first.vocabulary.file).toBe(`vocabulary.${first.vocabulary.sha256.slice(0, 12)}.bin`);

    const second = await publish(dir, async (put) => writeExample(put, 2));
    expect(readManifest(dir)).toEqual(second);
    const names = [second.vocabulary, ...second.shards, ...second.texts].map(({ file }) => file);
    expect(readdirSync(dir).toSorted()).toEqual(
      ['README.md', 'manifest.json', 'mine.bin', ...names].toSorted(),
    );
  });

  it('leaves everything as it was when writing fails half way', async () => {
    await publish(dir, async (put) => writeExample(put, 1));
    const before = state();
    const failing = publish(dir, async (put) => {
      put('starter', bytes(100, 1));
      put('vocabulary', bytes(50, 2));
      throw new Error('the disk is full');
    });
    await expect(failing).rejects.toThrow('the disk is full');
    expect(state()).toEqual(before);
  });

  it('publishes no manifest that is invalid or whose files are gone', async () => {
    const invalid = publish(dir, async (put) => ({ ...writeExample(put, 1), reviews: 21 }));
    await expect(invalid).rejects.toThrow('the reviews of all shards is 20');
    const vanished = publish(dir, async (put) => {
      const manifest = writeExample(put, 1);
      rmSync(join(dir, manifest.vocabulary.file));
      return manifest;
    });
    await expect(vanished).rejects.toThrow('Files were removed');
    expect(readdirSync(dir)).toEqual([]);
  });

  it('survives a kill in mid-write, and the next run clears up', async () => {
    const first = await publish(dir, async (put) => writeExample(put, 1));
    const before = state();
    const script = `
      import { writeFileSync } from 'node:fs';
      import { withLock } from './scripts/data/lock.ts';
      import { publish } from './scripts/data/publish.ts';
      const dir = ${JSON.stringify(dir)};
      await withLock(dir, () => publish(dir, async (put) => {
        put('starter', new Uint8Array(100).fill(2));
        writeFileSync(dir + '/.vocabulary.tmp', 'half');
        process.kill(process.pid, 'SIGKILL');
      }));`;
    const { signal } = spawnSync(process.execPath, ['--input-type=module', '--eval', script]);
    expect(signal).toBe('SIGKILL');

    expect(readdirSync(dir)).toContain('.lock');
    expect(readManifest(dir)).toEqual(first);
    expect(isComplete(dir, first)).toBe(true);
    await withLock(dir, () => publish(dir, async (put) => writeExample(put, 1)));
    expect(state(), 'the lock is taken over and the rest of the killed run removed').toEqual(
      before,
    );
  });
});

describe('isComplete', () => {
  it('sees a file that is missing or of another size', async () => {
    const manifest = await publish(dir, async (put) => writeExample(put, 1));
    writeFileSync(join(dir, manifest.texts[0]!.file), 'short');
    expect(isComplete(dir, manifest)).toBe(false);
    rmSync(join(dir, manifest.texts[0]!.file));
    expect(isComplete(dir, manifest)).toBe(false);
  });
});

describe('readManifest', () => {
  it('is undefined for none, broken JSON or another format', () => {
    expect(readManifest(dir)).toBeUndefined();
    for (const text of ['{"version": 1', '{"version": 9}']) {
      writeFileSync(join(dir, 'manifest.json'), text);
      expect(readManifest(dir)).toBeUndefined();
    }
  });
});

describe('withLock', () => {
  it('lets one run in at a time', async () => {
    let inside = 0;
    let most = 0;
    const task = async (): Promise<void> => {
      most = Math.max(most, ++inside);
      await sleep(20);
      inside--;
    };
    const waited: number[] = [];
    const onWait = (pid: number): void => void waited.push(pid);
    await Promise.all([1, 2, 3].map(() => withLock(dir, task, { onWait })));
    expect(most).toBe(1);
    expect(waited, 'each run that waits is told once').toEqual([process.pid, process.pid]);
    expect(readdirSync(dir)).toEqual([]);
  });

  it('gives up after its patience, naming the other run', async () => {
    await withLock(dir, async () => {
      const second = withLock(dir, async () => {}, { patienceMs: 0 });
      await expect(second).rejects.toThrow(`(process ${process.pid}) is writing`);
    });
  });

  it('takes over the lock of a process that has ended, or shows no sign of life', async () => {
    const ended = spawnSync(process.execPath, ['--eval', '']).pid;
    const longAgo = new Date(Date.now() - 3_600_000);
    const locks: [string, Date][] = [
      [String(ended), new Date()],
      [String(process.ppid), longAgo],
      ['', longAgo],
      ['nonsense', new Date()],
    ];
    for (const [content, time] of locks) {
      writeFileSync(join(dir, '.lock'), content);
      utimesSync(join(dir, '.lock'), time, time);
      expect(await withLock(dir, async () => 'done', { patienceMs: 0 })).toBe('done');
    }
    expect(readdirSync(dir)).toEqual([]);
  });

  it('respects the fresh lock of a running process', async () => {
    writeFileSync(join(dir, '.lock'), String(process.ppid));
    const waiting = withLock(dir, async () => {}, { patienceMs: 0 });
    await expect(waiting).rejects.toThrow(`process ${process.ppid}`);
    expect(readdirSync(dir)).toEqual(['.lock']);
  });
});
