import type { Checkpoint } from './checkpoint.ts';

/** A checkpoint in a store. */
export interface SavedRun {
  /** The run's name: whoever starts it chooses it. */
  readonly run: string;
  readonly epoch: number;
  readonly step: number;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
}

/** Room in a store, in bytes. */
export interface StoreRoom {
  readonly used: number;
  /** Undefined: not known. */
  readonly limit?: number;
}

/**
 * Keeps the last checkpoint of each run. A store never removes anything by itself, but for the older
 * checkpoint of a run once the newer one is safe: {@link CheckpointStore.remove} is for whoever has
 * the reader's consent.
 */
export interface CheckpointStore {
  /** @throws StoreFullError, StoreRefusedError; what was there before then stays */
  save(run: string, checkpoint: Checkpoint): Promise<SavedRun>;
  /**
   * @returns undefined if there is none
   * @throws CheckpointFormatError if it can't be read; StoreRefusedError
   */
  load(run: string): Promise<Checkpoint | undefined>;
  /** Newest first. @throws StoreRefusedError */
  list(): Promise<SavedRun[]>;
  /** @throws StoreRefusedError */
  remove(runs: readonly string[]): Promise<void>;
  /** @throws StoreRefusedError */
  room(): Promise<StoreRoom>;
}

/** A checkpoint does not fit. */
export class StoreFullError extends Error {
  override readonly name = 'StoreFullError';

  constructor(bytes: number, limit: number | undefined, cause?: unknown) {
    const megabytes = (size: number): string => `${(size / 2 ** 20).toFixed(1)} MiB`;
    const room = limit === undefined ? '' : ` of ${megabytes(limit)} in all`;
    super(`There is no room for a checkpoint of ${megabytes(bytes)}${room}.`, { cause });
  }
}

/** The browser or the system gives no storage. */
export class StoreRefusedError extends Error {
  override readonly name = 'StoreRefusedError';
}

export function newestFirst(runs: readonly SavedRun[]): SavedRun[] {
  return runs.toSorted((a, b) => b.savedAt - a.savedAt);
}

/** What a store lists of a checkpoint. */
export function describe(run: string, { position }: Checkpoint, bytes: number): SavedRun {
  const { epoch, step } = position;
  return { run, epoch, step, bytes, savedAt: Date.now() };
}

/** @throws StoreFullError unless a checkpoint fits once the older one of its run is gone */
export function expectRoom(saved: SavedRun, held: readonly SavedRun[], limit: number): void {
  const others = held.filter(({ run }) => run !== saved.run);
  if (usedBy(others) + saved.bytes > limit) throw new StoreFullError(saved.bytes, limit);
}

export function usedBy(runs: readonly SavedRun[]): number {
  return runs.reduce((sum, { bytes }) => sum + bytes, 0);
}
