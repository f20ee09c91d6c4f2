import type { Checkpoint } from './checkpoint.ts';
import { decodeCheckpoint, encodeCheckpoint } from './codec.ts';
import { describe, expectRoom, newestFirst, usedBy } from './store.ts';
import type { CheckpointStore, SavedRun, StoreRoom } from './store.ts';

/** Checkpoints that last as long as the worker. */
export class MemoryStore implements CheckpointStore {
  readonly #limit: number;
  readonly #runs = new Map<string, { saved: SavedRun; bytes: Uint8Array }>();

  /** @param limit in bytes */
  constructor(limit = Infinity) {
    this.#limit = limit;
  }

  async save(run: string, checkpoint: Checkpoint): Promise<SavedRun> {
    const bytes = encodeCheckpoint(checkpoint);
    const saved = describe(run, checkpoint, bytes.length);
    expectRoom(saved, await this.list(), this.#limit);
    this.#runs.set(run, { saved, bytes });
    return saved;
  }

  async load(run: string): Promise<Checkpoint | undefined> {
    const entry = this.#runs.get(run);
    return entry && decodeCheckpoint(entry.bytes);
  }

  async list(): Promise<SavedRun[]> {
    return newestFirst(Array.from(this.#runs.values(), ({ saved }) => saved));
  }

  async remove(runs: readonly string[]): Promise<void> {
    for (const run of runs) this.#runs.delete(run);
  }

  async room(): Promise<StoreRoom> {
    return { used: usedBy(await this.list()), limit: this.#limit };
  }
}
