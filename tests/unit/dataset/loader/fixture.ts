import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { encodeShard } from '../../../../src/core/dataset/codec.ts';
import type { CacheLike, CachesLike } from '../../../../src/core/dataset/loader/cache.ts';
import type { Connection } from '../../../../src/core/dataset/loader/connection.ts';
import { openDataset } from '../../../../src/core/dataset/loader/dataset.ts';
import type { Dataset, OpenOptions } from '../../../../src/core/dataset/loader/dataset.ts';
import { SPLITS } from '../../../../src/core/dataset/types.ts';
import type { DataFile, Manifest, Split, TokenTable } from '../../../../src/core/dataset/types.ts';

export const BASE_URL = 'https://example.test/data/';
export const VOCABULARY_SIZE = 40;

/** A table of made-up reviews: row numbers from `first`, splits as given. */
export function makeTable(first: number, splits: readonly Split[]): TokenTable {
  const lengths = splits.map((_, i) => ((first + i) * 7) % 11);
  const offsets = new Uint32Array(splits.length + 1);
  lengths.forEach((length, i) => {
    offsets[i + 1] = offsets[i]! + length;
  });
  return {
    rows: Uint32Array.from(splits, (_, i) => 1000 + first + i),
    labels: Uint8Array.from(splits, (_, i) => i % 2),
    splits: Uint8Array.from(splits, (split) => SPLITS.indexOf(split)),
    offsets,
    tokens: Uint32Array.from({ length: offsets.at(-1)! }, (_, i) => (first + i) % VOCABULARY_SIZE),
  };
}

const SHARDS: readonly (readonly Split[])[] = [
  ['train', 'train', 'validation', 'test', 'test', 'train'],
  ['train', 'train', 'train', 'train'],
  ['validation', 'validation', 'validation'],
  ['test', 'test', 'test', 'test', 'test'],
  ['test', 'test'],
];
export const REVIEWS = SHARDS.flat().length;
const TEXTS_PER_SHARD = 8;

export interface Site {
  readonly manifest: Manifest;
  readonly tables: readonly TokenTable[];
  readonly texts: readonly string[];
  /** The bytes of every file, the manifest's included. */
  readonly files: Map<string, Uint8Array<ArrayBuffer>>;
}

/** A whole small site. Another `salt` gives other bytes and so other file names. */
export function makeSite(salt = ''): Site {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const add = (name: string, content: Uint8Array | string): DataFile => {
    const bytes = new Uint8Array(gzipSync(content));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const file = `${name}.${sha256.slice(0, 12)}.bin`;
    files.set(file, bytes);
    return { file, bytes: bytes.length, sha256 };
  };
  const words = Array.from({ length: VOCABULARY_SIZE }, (_, i) => `word${i}${salt}`);
  const counts = words.map((_, i) => VOCABULARY_SIZE - i);
  const vocabulary = add('vocabulary', JSON.stringify({ words, counts }));

  let position = 0;
  const tables: TokenTable[] = [];
  const shards = SHARDS.map((splits, index) => {
    const table = makeTable(position, splits);
    tables.push(table);
    const count = (split: Split) => splits.filter((other) => other === split).length;
    const shard = {
      ...add(`shard-${index}`, encodeShard(table)),
      position,
      reviews: splits.length,
      counts: { train: count('train'), validation: count('validation'), test: count('test') },
    };
    position += splits.length;
    return shard;
  });
  const texts = Array.from({ length: REVIEWS }, (_, i) => `Text ${i}, “quoted” ${salt}`);
  const textShards = [];
  for (let start = 0; start < REVIEWS; start += TEXTS_PER_SHARD) {
    const part = texts.slice(start, start + TEXTS_PER_SHARD);
    const entry = add(`texts-${start}`, JSON.stringify(part));
    textShards.push({ ...entry, position: start, reviews: part.length });
  }
  const total = (list: readonly DataFile[]) => list.reduce((sum, { bytes }) => sum + bytes, 0);
  const classes = (split: Split) => {
    const labels = tables.flatMap((table) =>
      Array.from(table.labels).filter((_, i) => SPLITS[table.splits[i]!] === split),
    );
    const positive = labels.filter((label) => label === 1).length;
    return { negative: labels.length - positive, positive };
  };
  const manifest: Manifest = {
    version: 1,
    source: { kind: 'own', name: 'Made up', citation: 'None' },
    fingerprint: '0'.repeat(64),
    reviews: REVIEWS,
    counts: {
      train: classes('train'),
      validation: classes('validation'),
      test: classes('test'),
    },
    vocabulary: { ...vocabulary, size: VOCABULARY_SIZE, trainWords: VOCABULARY_SIZE },
    duplicates: {
      withinTrain: 0,
      withinTest: 0,
      acrossTrainTest: 0,
      acrossTrainValidation: 0,
      repeated: 0,
      distinct: REVIEWS,
    },
    shards,
    texts: textShards,
    wire: {
      starter: shards[0]!.bytes,
      all: total(shards) + vocabulary.bytes,
      texts: total(textShards),
    },
    rejected: { count: 0, examples: [] },
  };
  files.set('manifest.json', new TextEncoder().encode(JSON.stringify(manifest)));
  return { manifest, tables, texts, files };
}

/** What a server may do with one request, in place of an honest answer. */
export type Fault =
  | { readonly status: number }
  | { readonly body: Uint8Array<ArrayBuffer> | string }
  | { readonly breakAfter: number }
  | 'refuse'
  | 'hang';

export interface LoggedRequest {
  readonly file: string;
  readonly cache: RequestCache | undefined;
  readonly range: string | null;
}

/** An in-memory server. Each fault is used up by one request for its file, in their order. */
export class FakeServer {
  readonly requests: LoggedRequest[] = [];
  readonly faults = new Map<string, Fault[]>();
  files: Map<string, Uint8Array<ArrayBuffer>>;
  /** A server that is off refuses every request. */
  reachable = true;
  knowsRanges = true;
  inFlight = 0;
  mostInFlight = 0;

  constructor(files: Map<string, Uint8Array<ArrayBuffer>>) {
    this.files = files;
  }

  /** Names of the files that were asked for, in order. */
  get asked(): string[] {
    return this.requests.map(({ file }) => file);
  }

  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const file = url.slice(BASE_URL.length);
    const range = new Headers(init.headers).get('Range');
    this.requests.push({ file, cache: init.cache, range });
    this.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    try {
      await new Promise((resolve) => setTimeout(resolve, 1));
      init.signal?.throwIfAborted();
      return this.#answer(file, range);
    } finally {
      this.inFlight -= 1;
    }
  };

  #answer(file: string, range: string | null): Response | Promise<Response> {
    const fault = this.faults.get(file)?.shift();
    if (!this.reachable || fault === 'refuse') throw new TypeError('fetch failed');
    if (fault === 'hang') return new Promise(() => {});
    if (fault !== undefined && 'status' in fault) return new Response('', fault);
    if (fault !== undefined && 'body' in fault) return new Response(fault.body);
    const bytes = this.files.get(file);
    if (bytes === undefined) return new Response('Not found', { status: 404 });
    const from = this.knowsRanges && range !== null ? Number(/\d+/.exec(range)![0]) : 0;
    const body = streamOf(bytes.subarray(from), fault?.breakAfter);
    if (from === 0) return new Response(body);
    const headers = { 'Content-Range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` };
    return new Response(body, { status: 206, headers });
  }
}

const CHUNK = 16;

/** The bytes in small pieces; an error after `breakAfter` bytes, as when the line breaks. */
function streamOf(bytes: Uint8Array, breakAfter = Infinity): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream(
    {
      pull(controller) {
        if (at >= breakAfter) return controller.error(new TypeError('network error'));
        if (at >= bytes.length) return controller.close();
        const end = Math.min(at + CHUNK, bytes.length, breakAfter);
        controller.enqueue(bytes.slice(at, end));
        at = end;
      },
    },
    { highWaterMark: 0 },
  );
}

/** Cache Storage in memory. */
export class FakeCaches implements CachesLike {
  readonly stores = new Map<string, Map<string, Uint8Array<ArrayBuffer>>>();
  /** Set to make every write fail with it. */
  writeError: Error | undefined;
  writes = 0;

  async open(name: string): Promise<CacheLike> {
    const store = this.stores.get(name) ?? new Map<string, Uint8Array<ArrayBuffer>>();
    this.stores.set(name, store);
    return {
      match: async (url) => {
        const bytes = store.get(url);
        return bytes && new Response(bytes);
      },
      put: async (url, response) => {
        this.writes += 1;
        if (this.writeError) throw this.writeError;
        store.set(url, new Uint8Array(await response.arrayBuffer()));
      },
      delete: async (url) => store.delete(url),
      keys: async () => Array.from(store.keys(), (url) => ({ url })),
    };
  }

  async keys(): Promise<string[]> {
    return [...this.stores.keys()];
  }

  async delete(name: string): Promise<boolean> {
    return this.stores.delete(name);
  }
}

/** A connection whose waits end at once, after `onWait` had its say. */
export class FakeConnection implements Connection {
  online = true;
  readonly waits: number[] = [];
  onWait: () => void = () => {};

  async wait(failures: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.waits.push(failures);
    this.onWait();
  }
}

export interface Setup {
  readonly site: Site;
  readonly server: FakeServer;
  readonly caches: FakeCaches;
  readonly connection: FakeConnection;
  open(options?: Partial<OpenOptions>): Promise<Dataset>;
}

export function setUp(site: Site = makeSite()): Setup {
  const server = new FakeServer(site.files);
  const caches = new FakeCaches();
  const connection = new FakeConnection();
  const { fetch } = server;
  const open = (options: Partial<OpenOptions> = {}) =>
    openDataset({ baseUrl: BASE_URL, fetch, caches, connection, ...options });
  return { site, server, caches, connection, open };
}

/** The reviews of a table as plain values. */
export function reviewsOf(table: TokenTable): { row: number; label: number; tokens: number[] }[] {
  return Array.from(table.rows, (row, i) => ({
    row,
    label: table.labels[i]!,
    tokens: Array.from(table.tokens.subarray(table.offsets[i], table.offsets[i + 1])),
  }));
}

/** What a split of the whole site should hold. */
export function expectedReviews(site: Site, split: Split): ReturnType<typeof reviewsOf> {
  return site.tables.flatMap((table) =>
    reviewsOf(table).filter((_, i) => SPLITS[table.splits[i]!] === split),
  );
}
