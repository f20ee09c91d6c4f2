import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checkpoint } from '../../src/core/training/checkpoints/checkpoint.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../../src/core/training/checkpoints/codec.ts';
import {
  describe,
  newestFirst,
  StoreFullError,
  StoreRefusedError,
  usedBy,
} from '../../src/core/training/checkpoints/store.ts';
import type {
  CheckpointStore,
  SavedRun,
  StoreRoom,
} from '../../src/core/training/checkpoints/store.ts';

const ENDING = '.checkpoint';
const RUN = /^[a-z0-9][a-z0-9._-]{0,99}$/;

/**
 * Checkpoints as files of a folder, one for each run, named after it. Each is written beside the old
 * one and takes its place in one step: an interruption leaves the old one.
 */
export class FolderStore implements CheckpointStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @param run lower-case letters, digits, and `. _ -` between them */
  async save(run: string, checkpoint: Checkpoint): Promise<SavedRun> {
    const path = this.#pathOf(run);
    const bytes = encodeCheckpoint(checkpoint);
    const fresh = `${path}.${process.pid}.tmp`;
    try {
      await mkdir(this.#folder, { recursive: true });
      const file = await open(fresh, 'w');
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(fresh, path);
    } catch (error) {
      await rm(fresh, { force: true }).catch(() => {});
      throw storeError(error, bytes.length);
    }
    return describe(run, checkpoint, bytes.length);
  }

  async load(run: string): Promise<Checkpoint | undefined> {
    try {
      return decodeCheckpoint(await readFile(this.#pathOf(run)));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw storeError(error, 0);
    }
  }

  async list(): Promise<SavedRun[]> {
    const files = await readdir(this.#folder).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw storeError(error, 0);
    });
    const runs = files.filter((file) => file.endsWith(ENDING));
    return newestFirst(
      await Promise.all(runs.map((file) => this.#read(file.slice(0, -ENDING.length)))),
    );
  }

  async remove(runs: readonly string[]): Promise<void> {
    await Promise.all(runs.map((run) => rm(this.#pathOf(run), { force: true })));
  }

  async room(): Promise<StoreRoom> {
    return { used: usedBy(await this.list()) };
  }

  async #read(run: string): Promise<SavedRun> {
    const path = this.#pathOf(run);
    const { size, mtimeMs } = await stat(path);
    const { position } = decodeCheckpoint(await readFile(path));
    return { run, epoch: position.epoch, step: position.step, bytes: size, savedAt: mtimeMs };
  }

  #pathOf(run: string): string {
    if (RUN.test(run)) return join(this.#folder, `${run}${ENDING}`);
    throw new StoreRefusedError(
      `A run's name must have 1 to 100 lower-case letters, digits and . _ -, not ${JSON.stringify(run)}.`,
    );
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** What went wrong with the disk, in the words of a store. */
function storeError(error: unknown, bytes: number): unknown {
  if (!(error instanceof Error && 'code' in error)) return error;
  if (error.code === 'ENOSPC') return new StoreFullError(bytes, undefined, error);
  return new StoreRefusedError(`The folder of checkpoints: ${error.message}`, { cause: error });
}
