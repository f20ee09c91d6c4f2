import type { ArchiveFiles } from './files.ts';
import { readZip, writeZip } from './zip.ts';

/** What is known of a stored model without loading it. */
export interface StoredModel {
  readonly name: string;
  /** Size of its archive. */
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
}

/** A stored model could not be written, found or read. Nothing that was stored before is lost. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  /** `full`: the browser grants no more room. `blocked`: it grants none at all. */
  readonly reason: 'full' | 'missing' | 'blocked';

  constructor(reason: StoreError['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

const DATABASE = 'unrolled-models';
/** Name, size and date of each archive, apart from the archives themselves. */
const LABELS = 'labels';
const ARCHIVES = 'archives';

/** Models that the browser keeps (IndexedDB); for the page and for workers. */
export class ModelStore {
  readonly #database: IDBDatabase;

  private constructor(database: IDBDatabase) {
    this.#database = database;
  }

  /** @throws StoreError if the browser refuses storage, as some do in private windows */
  static async open(): Promise<ModelStore> {
    try {
      const request = indexedDB.open(DATABASE, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore(LABELS, { keyPath: 'name' });
        request.result.createObjectStore(ARCHIVES);
      };
      const database = await answer(request);
      // Another tab may want a newer version.
      database.onversionchange = () => database.close();
      return new ModelStore(database);
    } catch (error) {
      throw asStoreError(error, 'The browser keeps no models');
    }
  }

  /** Stores a model; one of the same name is replaced, or stays as it was if there is no room. */
  async save(name: string, files: ArchiveFiles): Promise<StoredModel> {
    const zip = writeZip(files);
    const label: StoredModel = { name, bytes: zip.length, savedAt: Date.now() };
    try {
      await this.#write((labels, archives) => {
        labels.put(label);
        archives.put(zip, name);
      });
    } catch (error) {
      throw asStoreError(error, `${name} (${megabytes(zip.length)}) was not kept`);
    }
    return label;
  }

  /** The newest first. */
  async list(): Promise<StoredModel[]> {
    const request = this.#database.transaction(LABELS).objectStore(LABELS).getAll();
    const labels = (await answer(request)) as StoredModel[];
    return labels.sort((a, b) => b.savedAt - a.savedAt);
  }

  /**
   * @throws StoreError if there is none of this name
   * @throws ArchiveError if it was damaged
   */
  async load(name: string): Promise<ArchiveFiles> {
    const request = this.#database.transaction(ARCHIVES).objectStore(ARCHIVES).get(name);
    const zip = (await answer(request)) as Uint8Array | undefined;
    if (zip) return readZip(zip);
    throw new StoreError('missing', `No model is kept under the name ${JSON.stringify(name)}.`);
  }

  /** Forgets a model, if there is one of this name. */
  delete(name: string): Promise<void> {
    return this.#write((labels, archives) => {
      labels.delete(name);
      archives.delete(name);
    });
  }

  close(): void {
    this.#database.close();
  }

  /** Both stores change, or neither. */
  #write(change: (labels: IDBObjectStore, archives: IDBObjectStore) => void): Promise<void> {
    const transaction = this.#database.transaction([LABELS, ARCHIVES], 'readwrite');
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
      change(transaction.objectStore(LABELS), transaction.objectStore(ARCHIVES));
    });
  }
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function asStoreError(error: unknown, what: string): StoreError {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return name === 'QuotaExceededError'
    ? new StoreError('full', `${what}: the browser has no room left for this site.`, {
        cause: error,
      })
    : new StoreError('blocked', `${what}: ${message}`, { cause: error });
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
