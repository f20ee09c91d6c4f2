import type { FileCache } from './cache.ts';
import { persist } from './connection.ts';
import type { Connection } from './connection.ts';
import { download, emptyPartial } from './download.ts';
import type { PartialFile } from './download.ts';
import { DataError } from './errors.ts';
import type { Fetch } from './request.ts';
import { verifyAndUnpack } from './verify.ts';
import type { DataFile } from '../types.ts';

/** What the loader takes from its surroundings. */
export interface FileSourceOptions {
  readonly fetch: Fetch;
  readonly cache: FileCache;
  readonly connection: Connection;
  /** Milliseconds without a new byte after which a request is given up and sent anew. */
  readonly stallTimeout: number;
  /** Absolute URL of the data folder, with a slash at its end. */
  readonly baseUrl: string;
}

/** How one file's transfer stands. */
export interface FileState {
  /** Bytes of the file that are here. */
  readonly received: number;
  readonly fromCache: boolean;
  /** The connection is gone: the loader waits for it. */
  readonly waiting: boolean;
}

type Bytes = Uint8Array<ArrayBuffer>;

/** Fetches the manifest's files: from the cache where they are kept, else from the network. */
export class FileSource {
  readonly #options: FileSourceOptions;
  readonly #partials = new Map<string, PartialFile>();

  constructor(options: FileSourceOptions) {
    this.#options = options;
  }

  /**
   * One file's content, verified and unpacked.
   *
   * A damaged or missing file is fetched once more past every cache. A broken connection is waited
   * for and the transfer resumed where it broke, also by a later call after an abort or an error.
   *
   * @throws DataError, or the signal's reason.
   */
  async load(
    file: DataFile,
    signal: AbortSignal,
    report: (state: FileState) => void,
  ): Promise<Bytes> {
    const kept = await this.#options.cache.read(file.file);
    if (kept !== undefined) {
      const content = await unlessUnusable(verifyAndUnpack(file, kept));
      if (content !== undefined) {
        report({ received: file.bytes, fromCache: true, waiting: false });
        return content;
      }
      await this.#options.cache.drop(file.file);
      return this.#fetch(file, 'reload', signal, report);
    }
    const content = await unlessUnusable(this.#fetch(file, 'default', signal, report));
    return content ?? this.#fetch(file, 'reload', signal, report);
  }

  async #fetch(
    file: DataFile,
    cache: RequestCache,
    signal: AbortSignal,
    report: (state: FileState) => void,
  ): Promise<Bytes> {
    const partial = this.#partials.get(file.file) ?? emptyPartial(file);
    this.#partials.set(file.file, partial);
    const say = (waiting: boolean) =>
      report({
        received: Math.min(partial.received, file.bytes),
        fromCache: false,
        waiting,
      });
    const { fetch, connection, stallTimeout, baseUrl } = this.#options;
    const url = new URL(file.file, baseUrl).href;
    const request = { fetch, url, file: file.file, cache, signal, stallTimeout };
    const bytes = await persist(() => download(partial, request, () => say(false)), {
      file: file.file,
      connection,
      signal,
      received: () => partial.received,
      onWaiting: () => say(true),
    });
    // From here on the bytes are good as a whole or not at all.
    this.#partials.delete(file.file);
    const content = await verifyAndUnpack(file, bytes);
    await this.#options.cache.write(file.file, bytes);
    return content;
  }
}

/** Undefined in place of a failure that another copy of the file may cure. */
async function unlessUnusable(content: Promise<Bytes>): Promise<Bytes | undefined> {
  try {
    return await content;
  } catch (error) {
    if (error instanceof DataError && error.kind !== 'offline') return undefined;
    throw error;
  }
}
