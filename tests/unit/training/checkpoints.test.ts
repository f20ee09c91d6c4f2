import { mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FolderStore } from '../../../scripts/train/folder-store.ts';
import type { Checkpoint } from '../../../src/core/training/checkpoints/checkpoint.ts';
import {
  decodeCheckpoint,
  encodeCheckpoint,
} from '../../../src/core/training/checkpoints/codec.ts';
import { MemoryStore } from '../../../src/core/training/checkpoints/memory-store.ts';
import { StoreFullError, StoreRefusedError } from '../../../src/core/training/checkpoints/store.ts';
import type { CheckpointStore } from '../../../src/core/training/checkpoints/store.ts';
import { Run } from '../../../src/core/training/run.ts';
import { finish, makeModel, makeSource, settingsWith, start, stopAfter } from './fixture.ts';

const training = makeSource(1, 40);

let checkpoint: Checkpoint;

beforeAll(async () => {
  await start('simd');
  const run = new Run({
    model: makeModel(),
    settings: settingsWith({ weightAveraging: 0.9 }),
    training,
    about: { preset: 'test', words: ['naïve'] },
  });
  await stopAfter(run, 3);
  checkpoint = await run.checkpoint();
});

describe('The codec', () => {
  it('gives back what it took, bit for bit', () => {
    expect(decodeCheckpoint(encodeCheckpoint(checkpoint))).toEqual(checkpoint);
  });

  it('keeps numbers that are none', () => {
    const values = Float32Array.of(Number.NaN, Infinity, -0);
    const weights = [{ name: 'w', shape: [3], values }];
    const decoded = decodeCheckpoint(encodeCheckpoint({ ...checkpoint, weights }));
    expect(decoded.weights[0]!.values).toEqual(values);
  });

  it('refuses what is cut short, longer, foreign or of another version', () => {
    const bytes = encodeCheckpoint(checkpoint);
    for (const length of [0, 15, 16, 100, bytes.length - 1]) {
      expect(() => decodeCheckpoint(bytes.subarray(0, length)), `${length} bytes`).toThrow(
        expect.objectContaining({ name: 'CheckpointFormatError' }),
      );
    }
    expect(() => decodeCheckpoint(Uint8Array.of(...bytes.subarray(0, 64), 1))).toThrow(
      'header says',
    );
    expect(() => decodeCheckpoint(new Uint8Array(64))).toThrow('This is no checkpoint.');
    const later = bytes.slice();
    later[4] = 9;
    expect(() => decodeCheckpoint(later)).toThrow('version 9; this page reads version 1');
    const broken = bytes.slice();
    broken[16] = 0;
    expect(() => decodeCheckpoint(broken)).toThrow('can’t be read');
  });
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'checkpoints-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const STORES: Record<string, () => CheckpointStore> = {
  MemoryStore: () => new MemoryStore(),
  FolderStore: () => new FolderStore(join(folder, 'runs')),
};

describe.each(Object.entries(STORES))('%s', (_, make) => {
  it('keeps the last checkpoint of each run', async () => {
    const store = make();
    expect(await store.list()).toEqual([]);
    expect(await store.load('a')).toBeUndefined();
    const later = { ...checkpoint, position: { epoch: 1, batch: 2, step: 7 } };
    await store.save('a', checkpoint);
    await store.save('b', checkpoint);
    const saved = await store.save('a', later);
    expect(await store.load('a')).toEqual(later);
    expect(await store.load('b')).toEqual(checkpoint);
    const runs = await store.list();
    expect(runs.map(({ run, step }) => [run, step]).toSorted()).toEqual([
      ['a', 7],
      ['b', 3],
    ]);
    expect(saved.bytes).toBeGreaterThan(1000);
    const { used } = await store.room();
    expect(used).toBe(runs.reduce((sum, { bytes }) => sum + bytes, 0));
    await store.remove(['a', 'never']);
    expect((await store.list()).map(({ run }) => run)).toEqual(['b']);
  });
});

describe('A store without room', () => {
  it('refuses the new checkpoint and keeps the old one', async () => {
    const { length } = encodeCheckpoint(checkpoint);
    const store = new MemoryStore(length + 10);
    await store.save('a', checkpoint);
    await store.save('a', checkpoint);
    await expect(store.save('b', checkpoint)).rejects.toThrow(StoreFullError);
    expect((await store.list()).map(({ run }) => run)).toEqual(['a']);
  });

  it('does not stop a run, which tells of it', async () => {
    const store = new MemoryStore(10);
    const saving = { store, run: 'a', everySteps: 2 };
    const settings = settingsWith();
    const events = await finish(new Run({ model: makeModel(), settings, training, saving }));
    const unsaved = events.filter((event) => event.type === 'unsaved');
    expect(unsaved.length).toBeGreaterThan(2);
    expect(unsaved[0]!.error.message).toMatch(/no room for a checkpoint of 0\.0 MiB/);
    expect(events.at(-1)!.type).toBe('end');
  });
});

describe('FolderStore', () => {
  it('says that it can’t write, and the run goes on', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    const store = new FolderStore(join(file, 'runs'));
    await expect(store.save('a', checkpoint)).rejects.toThrow(StoreRefusedError);
    const saving = { store, run: 'a' };
    const settings = settingsWith({ epochs: 1 });
    const events = await finish(new Run({ model: makeModel(), settings, training, saving }));
    const unsaved = events.filter((event) => event.type === 'unsaved');
    expect(unsaved.map(({ step, error }) => [step, error.name])).toEqual([
      [5, 'StoreRefusedError'],
      [5, 'StoreRefusedError'],
    ]);
    expect(events.at(-1)!.type).toBe('end');
  });

  it('refuses names that lead elsewhere, and leaves no half-written file', async () => {
    const store = new FolderStore(folder);
    for (const name of ['../up', '', '.hidden', 'a/b', 'A']) {
      await expect(store.save(name, checkpoint)).rejects.toThrow("A run's name must have");
    }
    await store.save('ok.1', checkpoint);
    expect(await readdir(folder)).toEqual(['ok.1.checkpoint']);
  });

  it('says that a file is cut short', async () => {
    const store = new FolderStore(folder);
    await store.save('a', checkpoint);
    await truncate(join(folder, 'a.checkpoint'), 500);
    await expect(store.load('a')).rejects.toThrow('but its header says');
  });
});

describe('A run with a store', () => {
  it('saves every so many steps, at the end of an epoch, and when it ends', async () => {
    const store = new MemoryStore();
    const saving = { store, run: 'a', everySteps: 3 };
    const run = new Run({ model: makeModel(), settings: settingsWith(), training, saving });
    const events = await finish(run);
    const saved = events.flatMap((event) => (event.type === 'saved' ? event.step : []));
    expect(saved).toEqual([3, 5, 8, 10, 10]);
    expect(await store.load('a')).toEqual(await run.checkpoint());
  });

  it('saves when it is stopped', async () => {
    const store = new MemoryStore();
    const saving = { store, run: 'a' };
    const run = new Run({ model: makeModel(), settings: settingsWith(), training, saving });
    const events = await stopAfter(run, 2);
    expect(events.at(-1)).toMatchObject({ type: 'saved', run: 'a', epoch: 0, step: 2 });
  });
});
