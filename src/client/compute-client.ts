import type { CallName, Calls, ErrorReport, Request, Response } from '../protocol/compute.ts';

/** A failure in the worker, or of the worker. `kind` is the worker's error name. */
export class ComputeError extends Error {
  override readonly name = 'ComputeError';
  readonly kind: string;

  constructor({ name, message }: ErrorReport) {
    super(message);
    this.kind = name;
  }
}

/** A call under way. Await `result`; steer it with the three methods. */
export interface RunningCall<K extends CallName> {
  readonly result: Promise<Calls[K]['result']>;
  pause(): void;
  resume(): void;
  stop(): void;
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

  call<K extends CallName>(
    name: K,
    request: Calls[K]['request'],
    onEvent: (event: Calls[K]['event']) => void = () => {},
  ): RunningCall<K> {
    const id = ++this.#lastId;
    const worker = (this.#worker ??= this.#start());
    const result = new Promise<Calls[K]['result']>((resolve, reject) => {
      this.#pending.set(id, {
        onEvent: onEvent as Pending['onEvent'],
        resolve: resolve as Pending['resolve'],
        reject,
      });
    });
    const message = { type: 'call', id, name, baseUrl: this.#baseUrl, request } as Request;
    worker.postMessage(message);
    const control = (action: 'pause' | 'resume' | 'stop') => () =>
      this.#worker?.postMessage({ type: 'control', id, action });
    return { result, pause: control('pause'), resume: control('resume'), stop: control('stop') };
  }

  #start(): WorkerPort {
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
