import { ConnectionError } from './connection.ts';
import { DataError, messageOf } from './errors.ts';
import { abortable } from './flight.ts';

/** The browser's `fetch`, or what a test puts in its place. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Where and how to ask for one file. */
export interface RequestOptions {
  readonly fetch: Fetch;
  readonly url: string;
  /** Name of the file, for messages. */
  readonly file: string;
  readonly cache: RequestCache;
  readonly headers?: Record<string, string>;
  readonly signal: AbortSignal;
  /** Milliseconds without an answer or a new byte after which the connection counts as broken. */
  readonly stallTimeout: number;
}

/**
 * Awaits one step of a transfer. Each step restarts the stall clock.
 *
 * @throws ConnectionError when the step fails or stalls; the signal's reason when aborted.
 */
export type Step = <T>(step: Promise<T>) => Promise<T>;

/**
 * Sends one request and hands the response to `read`, whose every wait goes through `step`.
 *
 * @throws ConnectionError when the connection fails, breaks or stalls; the signal's reason when
 * aborted; and whatever `read` throws.
 */
export async function request<T>(
  options: RequestOptions,
  read: (response: Response, step: Step) => Promise<T>,
): Promise<T> {
  const { url, cache, headers = {}, signal, stallTimeout } = options;
  signal.throwIfAborted();
  const controller = new AbortController();
  const onAbort = () => controller.abort(signal.reason);
  signal.addEventListener('abort', onAbort);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const step: Step = async (promise) => {
    timer = setTimeout(
      () => controller.abort(new Error(`no data for ${stallTimeout / 1000} s`)),
      stallTimeout,
    );
    try {
      const result = await abortable(promise, controller.signal);
      controller.signal.throwIfAborted();
      return result;
    } catch (error) {
      signal.throwIfAborted();
      throw new ConnectionError(messageOf(error), { cause: error });
    } finally {
      clearTimeout(timer);
    }
  };
  try {
    const init: RequestInit = { cache, headers, signal: controller.signal };
    return await read(await step(options.fetch(url, init)), step);
  } finally {
    signal.removeEventListener('abort', onAbort);
    // Ends a body that was not read to its end; without effect on one that was.
    controller.abort();
  }
}

/** HTTP states that pass: request timeout, too early, too many requests. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429]);

/**
 * @throws ConnectionError for a state that passes (5xx included), DataError of kind `missing` for
 * every other one that is no success.
 */
export function checkStatus({ ok, status }: Response, file: string): void {
  if (ok) return;
  if (PASSING.has(status) || status >= 500) throw new ConnectionError(`HTTP ${status}`);
  throw new DataError('missing', file, `is missing on the server (HTTP ${status})`);
}
