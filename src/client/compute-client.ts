import type { TelemetryRequest } from '../core/training/telemetry/telemetry.ts';
import type {
  Action,
  CallName,
  Calls,
  Divergence,
  ErrorReport,
  Request,
  Response,
} from '../protocol/compute.ts';
import { EventQueue } from './event-queue.ts';

/** A failure in the worker, or of the worker. `kind` is the worker's error name. */
export class ComputeError extends Error {
  override readonly name = 'ComputeError';
  readonly kind: string;
  /** Of a run that diverged. */
  readonly divergence: Divergence | undefined;

  constructor({ name, message, divergence }: ErrorReport) {
    super(message);
    this.kind = name;
    this.divergence = divergence;
  }
}

/** A call under way. Iterate it for its events, await `result` for its end, and steer it meanwhile. */
export interface RunningCall<K extends CallName> extends AsyncIterable<Calls[K]['event']> {
  readonly result: Promise<Calls[K]['result']>;
  pause(): void;
  resume(): void;
  /** One batch of a run, which is paused then. */
  step(): void;
  stop(): void;
  /** Looks inside a run from its next step on, or stops looking. */
  observe(telemetry: TelemetryRequest | undefined): void;
}

interface Pending {
  onEvent(event: unknown): void;
  resolve(result: unknown): void;
  reject(error: ComputeError): void;
}

/** The part of a Worker that the client uses. */
export interface WorkerPort {
  onmessage: ((event: MessageEvent<Response>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(request: Request): void;
  terminate(): void;
}

/**
 * Typed calls to the compute worker, matched by id. The worker starts with the first call; one that
 * crashes fails its calls, and the next call starts a new one.
 */
export class ComputeClient {
  readonly #startWorker: () => WorkerPort;
  readonly #baseUrl: string;
  readonly #pending = new Map<number, Pending>();
  #worker: WorkerPort | undefined;
  #lastId = 0;

  /** @param baseUrl path of the folder that holds `data/`, with a slash at the end */
  constructor(startWorker: () => WorkerPort, baseUrl: string) {
    this.#startWorker = startWorker;
    this.#baseUrl = baseUrl;
  }

  /** A call of which only the answer matters. */
  call<K extends CallName>(name: K, request: Calls[K]['request']): Promise<Calls[K]['result']> {
    return this.#send(name, request, () => {}).result;
  }

  /** A call that tells how it goes. Its iterator ends with the call, however that ends. */
  start<K extends CallName>(name: K, request: Calls[K]['request']): RunningCall<K> {
    const events = new EventQueue<Calls[K]['event']>();
    const { id, result } = this.#send(name, request, (event) => events.push(event));
    const end = (): void => events.end();
    result.then(end, end);
    const act = (action: Action) => () =>
      this.#worker?.postMessage({ type: 'control', id, action });
    return {
      result,
      [Symbol.asyncIterator]: () => events[Symbol.asyncIterator](),
      pause: act('pause'),
      resume: act('resume'),
      step: act('step'),
      stop: act('stop'),
      observe: (telemetry) => this.#worker?.postMessage({ type: 'observe', id, telemetry }),
    };
  }

  #send<K extends CallName>(
    name: K,
    request: Calls[K]['request'],
    onEvent: (event: Calls[K]['event']) => void,
  ): { id: number; result: Promise<Calls[K]['result']> } {
    const id = ++this.#lastId;
    const worker = (this.#worker ??= this.#open());
    const result = new Promise<Calls[K]['result']>((resolve, reject) => {
      this.#pending.set(id, {
        onEvent: onEvent as Pending['onEvent'],
        resolve: resolve as Pending['resolve'],
        reject,
      });
    });
    const message = { type: 'call', id, name, baseUrl: this.#baseUrl, request } as Request;
    worker.postMessage(message);
    return { id, result };
  }

  #open(): WorkerPort {
    const worker = this.#startWorker();
    worker.onmessage = ({ data }) => this.#receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#crash(event.message);
    };
    return worker;
  }

  #receive(response: Response): void {
    const pending = this.#pending.get(response.id);
    if (!pending) return;
    if (response.type === 'event') return pending.onEvent(response.event);
    this.#pending.delete(response.id);
    if (response.type === 'result') pending.resolve(response.result);
    else pending.reject(new ComputeError(response.error));
  }

  #crash(message: string | undefined): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    const reason = message ? `: ${message}` : '';
    const error = new ComputeError({
      name: 'WorkerCrash',
      message: `The compute worker stopped${reason}. The next run starts a new one.`,
    });
    const calls = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of calls) reject(error);
  }
}
