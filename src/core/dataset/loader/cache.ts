import { messageOf } from './errors.ts';

/** The part of the browser's `Cache` that is used, keyed by absolute URL. */
export interface CacheLike {
  match(url: string): Promise<Response | undefined>;
  put(url: string, response: Response): Promise<void>;
  delete(url: string): Promise<boolean>;
  keys(): Promise<readonly { readonly url: string }[]>;
}

/** The part of the browser's `CacheStorage` that is used. */
export interface CachesLike {
  open(name: string): Promise<CacheLike>;
  keys(): Promise<string[]>;
  delete(name: string): Promise<boolean>;
}

/** Whether files are being kept for the next visit. */
export type StorageStatus = 'cached' | 'unavailable';

/** Told once, with the reason, when files cannot be kept (private mode, full, no such storage). */
export type StorageListener = (reason: string) => void;

const CACHE_PREFIX = 'unrolled-data-v';
const FORMAT_VERSION = 1;
/** Name of the cache; another format of the files has another name. */
export const CACHE_NAME = `${CACHE_PREFIX}${FORMAT_VERSION}`;

/**
 * Files kept in Cache Storage under their URL. Names hold a piece of the content's hash, so an
 * entry never goes stale. Nothing here throws: where storage fails, the loader works without.
 */
export class FileCache {
  readonly #caches: CachesLike | undefined;
  readonly #baseUrl: string;
  readonly #onUnavailable: StorageListener | undefined;
  #cache: CacheLike | undefined;
  #status: StorageStatus = 'cached';

  private constructor(caches: CachesLike | undefined, baseUrl: string, listener?: StorageListener) {
    this.#caches = caches;
    this.#baseUrl = baseUrl;
    this.#onUnavailable = listener;
  }

  /** @param caches undefined where the browser has none (then the status is `unavailable`). */
  static async open(
    caches: CachesLike | undefined,
    baseUrl: string,
    onUnavailable?: StorageListener,
  ): Promise<FileCache> {
    const files = new FileCache(caches, baseUrl, onUnavailable);
    if (caches === undefined) files.#fail('this browser offers no Cache Storage here');
    else files.#cache = await files.#attempt(() => caches.open(CACHE_NAME));
    return files;
  }

  get status(): StorageStatus {
    return this.#status;
  }

  /** The bytes of one file, or undefined where they are not kept. */
  read(file: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.#attempt(async () => {
      const response = await this.#cache?.match(this.#url(file));
      return response && new Uint8Array(await response.arrayBuffer());
    });
  }

  /** Keeps one file. After the first refusal nothing more is written. */
  async write(file: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    if (this.#status === 'unavailable') return;
    await this.#attempt(() => this.#cache?.put(this.#url(file), new Response(bytes)));
  }

  /** Forgets one file. */
  async drop(file: string): Promise<void> {
    await this.#attempt(() => this.#cache?.delete(this.#url(file)));
  }

  /** Removes this site's files that are not named, and the caches of earlier formats. */
  async prune(keep: Iterable<string>): Promise<void> {
    const cache = this.#cache;
    if (cache === undefined) return;
    const urls = new Set(Array.from(keep, (file) => this.#url(file)));
    await this.#attempt(async () => {
      for (const { url } of await cache.keys()) {
        if (url.startsWith(this.#baseUrl) && !urls.has(url)) await cache.delete(url);
      }
      for (const name of (await this.#caches?.keys()) ?? []) {
        const isEarlier = Number(name.slice(CACHE_PREFIX.length)) < FORMAT_VERSION;
        if (name.startsWith(CACHE_PREFIX) && isEarlier) await this.#caches?.delete(name);
      }
    });
  }

  #url(file: string): string {
    return new URL(file, this.#baseUrl).href;
  }

  async #attempt<T>(action: () => Promise<T> | undefined): Promise<T | undefined> {
    try {
      return await action();
    } catch (error) {
      this.#fail(messageOf(error));
      return undefined;
    }
  }

  #fail(reason: string): void {
    if (this.#status === 'unavailable') return;
    this.#status = 'unavailable';
    this.#onUnavailable?.(reason);
  }
}
