import type { FileState } from './files.ts';
import type { DataFile } from '../types.ts';

/** How a load stands. */
export interface LoadProgress {
  /** The file that this news is about. */
  readonly file: string;
  readonly fromCache: boolean;
  /** The connection is gone; the load goes on by itself when it is back. */
  readonly waiting: boolean;
  /** Bytes over the wire (or from the cache in their place) of this load's files so far. */
  readonly loadedBytes: number;
  readonly totalBytes: number;
  /** Reviews that can be read by now, of all splits. */
  readonly reviews: number;
}

export type ProgressListener = (progress: LoadProgress) => void;

interface Watch {
  readonly files: ReadonlySet<string>;
  readonly totalBytes: number;
  readonly listener: ProgressListener;
}

/** Adds up the transfers of single files and tells everyone whose load they are part of. */
export class ProgressBoard {
  readonly #states = new Map<string, FileState>();
  readonly #watches = new Set<Watch>();
  readonly #reviews: () => number;

  /** @param reviews how many reviews can be read at the moment. */
  constructor(reviews: () => number) {
    this.#reviews = reviews;
  }

  /** Records a file's state and tells the listeners. */
  report(file: string, state: FileState): void {
    this.#states.set(file, state);
    this.announce(file);
  }

  /** Tells the listeners of a file anew, after its reviews have become readable. */
  announce(file: string): void {
    const { fromCache = false, waiting = false } = this.#states.get(file) ?? {};
    const reviews = this.#reviews();
    for (const { files, totalBytes, listener } of this.#watches) {
      if (!files.has(file)) continue;
      let loadedBytes = 0;
      for (const name of files) loadedBytes += this.#states.get(name)?.received ?? 0;
      listener({ file, fromCache, waiting, loadedBytes, totalBytes, reviews });
    }
  }

  /** Sends a listener the news of some files while `load` runs. */
  async watch<T>(
    files: readonly DataFile[],
    listener: ProgressListener | undefined,
    load: () => Promise<T>,
  ): Promise<T> {
    if (listener === undefined) return load();
    const watch: Watch = {
      files: new Set(files.map(({ file }) => file)),
      totalBytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
      listener,
    };
    this.#watches.add(watch);
    try {
      return await load();
    } finally {
      this.#watches.delete(watch);
    }
  }
}
