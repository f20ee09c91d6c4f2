import type { Checkpoint } from './checkpoint.ts';
import { decodeCheckpoint, encodeCheckpoint } from './codec.ts';
import {
  describe,
  expectRoom,
  newestFirst,
  StoreFullError,
  StoreRefusedError,
  usedBy,
} from './store.ts';
import type { CheckpointStore, SavedRun, StoreRoom } from './store.ts';

const [DATABASE, VERSION] = ['unrolled-checkpoints', 1];
/** Two tables with the run as key, so that a list need not read the weights. */
const [RUNS, BYTES] = ['runs', 'bytes'];
/** Of what the browser would give: the reviews want room too. */
const SHARE = 0.5;

/** Checkpoints in IndexedDB: they outlive the tab. For pages and workers alike. */
export class IndexedDbStore implements CheckpointStore {
  readonly #limit: number;
  #database: Promise<IDBDatabase> | undefined;

  /** @param limit in bytes, on top of the browser's own */
  constructor(limit = 512 * 2 ** 20) {
    this.#limit = limit;
  }

  async save(run: string, checkpoint: Checkpoint): Promise<SavedRun> {
    const bytes = encodeCheckpoint(checkpoint);
    const saved = describe(run, checkpoint, bytes.length);
    const { limit } = await this.room();
    expectRoom(saved, await this.list(), limit ?? this.#limit);
    try {
      await this.#transact('readwrite', (runs, contents) => {
        runs.put(saved);
        return contents.put(bytes, run);
      });
    } catch (error) {
      if (!isQuotaError(error)) throw error;
      throw new StoreFullError(bytes.length, limit, error);
    }
    return saved;
  }

  async load(run: string): Promise<Checkpoint | undefined> {
    const bytes = await this.#transact<Uint8Array | undefined>('readonly', (_, contents) =>
      contents.get(run),
    );
    return bytes && decodeCheckpoint(bytes);
  }

  async list(): Promise<SavedRun[]> {
    return newestFirst(await this.#transact<SavedRun[]>('readonly', (runs) => runs.getAll()));
  }

  async remove(names: readonly string[]): Promise<void> {
    await this.#transact('readwrite', (runs, contents) => {
      for (const name of names) {
        runs.delete(name);
        contents.delete(name);
      }
      return runs.count();
    });
  }

  async room(): Promise<StoreRoom> {
    const used = usedBy(await this.list());
    const { usage = 0, quota = Infinity } = (await navigator.storage?.estimate?.()) ?? {};
    const given = Math.max(0, quota - usage) * SHARE + used;
    return { used, limit: Math.min(this.#limit, given) };
  }

  async #transact<T>(
    mode: IDBTransactionMode,
    ask: (runs: IDBObjectStore, contents: IDBObjectStore) => IDBRequest,
  ): Promise<T> {
    this.#database ??= open(() => {
      this.#database = undefined;
    });
    let database: IDBDatabase;
    try {
      database = await this.#database;
    } catch (error) {
      // The reader may give permission later.
      this.#database = undefined;
      throw new StoreRefusedError(`The browser keeps nothing here: ${reasonOf(error)}`, {
        cause: error,
      });
    }
    return new Promise((resolve, reject) => {
      const transaction = database.transaction([RUNS, BYTES], mode);
      const request = ask(transaction.objectStore(RUNS), transaction.objectStore(BYTES));
      transaction.oncomplete = () => resolve(request.result as T);
      transaction.onabort = () => reject(transaction.error ?? request.error);
    });
  }
}

/** @param onClosed the browser took the database away: it must be opened anew */
function open(onClosed: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(RUNS, { keyPath: 'run' });
      request.result.createObjectStore(BYTES);
    };
    request.onsuccess = () => {
      request.result.onclose = onClosed;
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
}

function isQuotaError(error: unknown): boolean {
  return error instanceof Error && error.name === 'QuotaExceededError';
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
