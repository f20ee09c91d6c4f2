import { DataError, messageOf } from './errors.ts';

/** What the loader needs to know about the network, injected so that tests need not sleep. */
export interface Connection {
  /** False when the browser says that it is offline; true says nothing about the server. */
  readonly online: boolean;
  /**
   * Resolves when another try is worthwhile; rejects with the signal's reason when aborted.
   *
   * @param failures requests in a row that failed though `online` was true, 0 while offline.
   */
  wait(failures: number, signal: AbortSignal): Promise<void>;
}

/** A request that got no usable answer for now: worth another try, unlike a {@link DataError}. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
}

/** Requests in a row that may fail without a new byte, while online, before giving up. */
export const MAX_FAILURES = 6;

const SECOND = 1000;
const LONGEST_WAIT = 30 * SECOND;

/** The part of a window's or worker's global scope that tells of the network. */
export interface ConnectionScope extends Pick<
  EventTarget,
  'addEventListener' | 'removeEventListener'
> {
  readonly navigator: { readonly onLine: boolean };
}

/**
 * The browser's connection. Waits 1, 2, 4 … seconds (30 at most), or until the browser fires
 * `online`; while it is offline it still looks every 30 seconds, since `navigator.onLine` is known
 * to be false at times for servers within reach.
 */
export function browserConnection(scope: ConnectionScope = globalThis): Connection {
  return {
    get online() {
      return scope.navigator.onLine;
    },
    wait: (failures, signal) =>
      new Promise((resolve, reject) => {
        const finish = (settle: () => void) => () => {
          clearTimeout(timer);
          scope.removeEventListener('online', onOnline);
          signal.removeEventListener('abort', onAbort);
          settle();
        };
        const onOnline = finish(resolve);
        const onAbort = finish(() => reject(signal.reason));
        const pause = failures === 0 ? LONGEST_WAIT : SECOND * 2 ** (failures - 1);
        const timer = setTimeout(onOnline, Math.min(pause, LONGEST_WAIT));
        scope.addEventListener('online', onOnline);
        signal.addEventListener('abort', onAbort);
        if (signal.aborted) onAbort();
      }),
  };
}

/** How {@link persist} waits and when it gives up. */
export interface PersistOptions {
  readonly file: string;
  readonly connection: Connection;
  readonly signal: AbortSignal;
  /** Bytes that the request has got so far: a gain starts the count of failures anew. */
  readonly received?: () => number;
  /** Called before each wait. */
  readonly onWaiting?: () => void;
}

/**
 * Repeats `request` for as long as it throws {@link ConnectionError}: without limit while the
 * browser is offline, else up to {@link MAX_FAILURES} failures in a row.
 *
 * @throws DataError of kind `offline` after the last failure; any other error as it comes.
 */
export async function persist<T>(request: () => Promise<T>, options: PersistOptions): Promise<T> {
  const { file, connection, signal, received = () => 0, onWaiting } = options;
  let failures = 0;
  for (;;) {
    const before = received();
    try {
      return await request();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ConnectionError)) throw error;
      if (received() > before) failures = 0;
      failures = connection.online ? failures + 1 : 0;
      if (failures >= MAX_FAILURES) {
        const problem = `could not be fetched in ${failures} tries (${messageOf(error)})`;
        throw new DataError('offline', file, problem, { cause: error });
      }
    }
    onWaiting?.();
    await connection.wait(failures, signal);
  }
}
