import type { Vocabulary } from '../../text/vocabulary.ts';
import { FileCache } from './cache.ts';
import type { CachesLike, StorageListener, StorageStatus } from './cache.ts';
import { browserConnection } from './connection.ts';
import type { Connection } from './connection.ts';
import { decodeTexts, decodeTokens, decodeVocabulary } from './decode.ts';
import { FileSource } from './files.ts';
import type { FileSourceOptions } from './files.ts';
import { SingleFlight } from './flight.ts';
import { loadManifest, MANIFEST_FILE } from './manifest.ts';
import { runPool } from './pool.ts';
import { ProgressBoard } from './progress.ts';
import type { ProgressListener } from './progress.ts';
import type { Fetch } from './request.ts';
import { ShardTables } from './tables.ts';
import type { LoadedCounts } from './tables.ts';
import { TextShelf } from './texts.ts';
import type { DataFile, Manifest, Split, TokenShard, TokenTable } from '../types.ts';

export type { LoadProgress } from './progress.ts';

/** Files that are fetched at the same time. */
const CONCURRENCY = 3;
const STALL_TIMEOUT = 30_000;

/** Options of {@link openDataset}. What the browser offers is the default of all but the URL. */
export interface OpenOptions {
  /** URL of the folder that holds the manifest; may be relative to the worker's own URL. */
  readonly baseUrl: string;
  readonly fetch?: Fetch;
  /** Where files are kept between visits; null for nowhere. */
  readonly caches?: CachesLike | null;
  readonly connection?: Connection;
  /** Milliseconds without a new byte after which a request is sent anew. Default 30,000. */
  readonly stallTimeout?: number;
  readonly signal?: AbortSignal;
  /** News of the vocabulary's transfer. */
  readonly onProgress?: ProgressListener;
  /** Told once when files cannot be kept for the next visit; loading goes on without. */
  readonly onStorageUnavailable?: StorageListener;
}

/** Options of one load. */
export interface LoadOptions {
  readonly onProgress?: ProgressListener;
  readonly signal?: AbortSignal;
}

/**
 * Opens the prepared data: reads the manifest and the vocabulary. Reviews follow with
 * {@link Dataset.loadStarter} and {@link Dataset.loadAll}.
 *
 * While the connection is gone, every load waits and goes on by itself. A load that failed or was
 * aborted can be called again: what had come is kept.
 *
 * @throws DataError naming the file and what the reader can do; the signal's reason when aborted.
 */
export async function openDataset(options: OpenOptions): Promise<Dataset> {
  const { signal = new AbortController().signal, onProgress } = options;
  const baseUrl = folderUrl(options.baseUrl);
  const caches = options.caches === undefined ? browserCaches() : (options.caches ?? undefined);
  const cache = await FileCache.open(caches, baseUrl, options.onStorageUnavailable);
  const source: FileSourceOptions = {
    fetch: options.fetch ?? ((url, init) => fetch(url, init)),
    cache,
    connection: options.connection ?? browserConnection(),
    stallTimeout: options.stallTimeout ?? STALL_TIMEOUT,
    baseUrl,
  };
  const nothing = { fromCache: false, loadedBytes: 0, totalBytes: 0, reviews: 0 };
  const manifest = await loadManifest(source, signal, () =>
    onProgress?.({ ...nothing, file: MANIFEST_FILE, waiting: true }),
  );
  const files = new FileSource(source);
  const board = new ProgressBoard(() => 0);
  const { vocabulary } = manifest;
  const bytes = await board.watch([vocabulary], onProgress, () =>
    files.load(vocabulary, signal, (state) => board.report(vocabulary.file, state)),
  );
  return new Dataset(manifest, decodeVocabulary(bytes, vocabulary), files, cache);
}

/** The reviews, as far as they are loaded. Made by {@link openDataset}. */
export class Dataset {
  readonly manifest: Manifest;
  readonly vocabulary: Vocabulary;
  readonly #files: FileSource;
  readonly #cache: FileCache;
  readonly #tables = new ShardTables();
  readonly #flights = new SingleFlight<void>();
  readonly #board = new ProgressBoard(() => this.#tables.reviews);
  readonly #texts: TextShelf;

  constructor(manifest: Manifest, vocabulary: Vocabulary, files: FileSource, cache: FileCache) {
    this.manifest = manifest;
    this.vocabulary = vocabulary;
    this.#files = files;
    this.#cache = cache;
    this.#texts = new TextShelf(manifest.texts, async (shard, signal) =>
      decodeTexts(await this.#load(shard, signal), shard),
    );
  }

  /** Whether files are kept for the next visit. */
  get storage(): StorageStatus {
    return this.#cache.status;
  }

  /** Reviews that can be read by now. */
  get loaded(): LoadedCounts {
    return this.#tables.counts;
  }

  /** Whether every review can be read. */
  get complete(): boolean {
    return this.#tables.reviews === this.manifest.reviews;
  }

  /** Loads the first shard: a small balanced sample of every split. */
  loadStarter(options: LoadOptions = {}): Promise<void> {
    return this.#loadShards(this.manifest.shards.slice(0, 1), options);
  }

  /** Loads every shard that is not here yet; reviews become readable in the manifest's order. */
  loadAll(options: LoadOptions = {}): Promise<void> {
    return this.#loadShards(this.manifest.shards, options);
  }

  /**
   * The reviews of one split that are loaded, in the sealed order: a fixed view that later shards
   * do not change. Its buffers are shared: read them only, and do not transfer them.
   */
  table(split: Split): TokenTable {
    return this.#tables.table(split);
  }

  /** Place in the sealed order of a source row, or undefined while it is not loaded. */
  positionOf(row: number): number | undefined {
    return this.#tables.positionOf(row);
  }

  /**
   * The text of the review at a place in the sealed order, from its text shard. It need not be
   * loaded as tokens.
   *
   * @throws RangeError for a position outside the data; DataError; the signal's reason.
   */
  text(position: number, signal?: AbortSignal): Promise<string> {
    return this.#texts.text(position, signal);
  }

  #loadShards(shards: readonly TokenShard[], options: LoadOptions): Promise<void> {
    const job = ([index, shard]: readonly [number, TokenShard], signal: AbortSignal) =>
      this.#flights.join(shard.file, (flight) => this.#loadShard(index, shard, flight), signal);
    return this.#board.watch(shards, options.onProgress, () =>
      runPool([...shards.entries()], CONCURRENCY, job, options.signal),
    );
  }

  async #loadShard(index: number, shard: TokenShard, signal: AbortSignal): Promise<void> {
    if (this.#tables.has(index)) return;
    const bytes = await this.#load(shard, signal);
    this.#tables.add(index, decodeTokens(bytes, shard, this.vocabulary.size));
    this.#board.announce(shard.file);
  }

  #load(file: DataFile, signal: AbortSignal): Promise<Uint8Array> {
    return this.#files.load(file, signal, (state) => this.#board.report(file.file, state));
  }
}

function folderUrl(baseUrl: string): string {
  const folder = baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`;
  return new URL(folder, globalThis.location?.href).href;
}

/** Reading `caches` throws in sandboxed frames, and insecure pages have none. */
function browserCaches(): CachesLike | undefined {
  try {
    return globalThis.caches;
  } catch {
    return undefined;
  }
}
