import { Worker } from 'node:worker_threads';
import type { Prediction } from '../core/inspect/predictor.ts';

export interface ThreadData {
  /** Folder that holds a folder for each model. */
  readonly folder: string;
}

export interface ToThread {
  readonly id: number;
  readonly model: string;
  readonly texts: readonly string[];
}

export type FromThread =
  | ({ readonly type: 'ready' } & Engine)
  | { readonly type: 'result'; readonly id: number; readonly predictions: readonly Prediction[] }
  | { readonly type: 'error'; readonly id: number; readonly message: string };

/** What the thread has to offer. */
export interface Engine {
  readonly backend: string;
  readonly models: readonly string[];
  /** Why other models can't be used; a sentence each. */
  readonly faults: readonly string[];
}

interface Pending {
  resolve(predictions: readonly Prediction[]): void;
  reject(error: Error): void;
}

interface Thread {
  readonly worker: Worker;
  readonly ready: Promise<Engine>;
  readonly pending: Map<number, Pending>;
}

/**
 * Models on a thread of their own, so that the server answers while they compute. A thread that
 * dies fails its calls, and the next call starts another.
 */
export class Inference {
  readonly #folder: string;
  #thread: Thread | undefined;
  #lastId = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Loads the models, if that has not happened yet.
   *
   * @throws Error if the thread can't start
   */
  start(): Promise<Engine> {
    this.#thread ??= this.#spawn();
    return this.#thread.ready;
  }

  /** @throws Error if the thread dies or the model has no answer */
  async predict(model: string, texts: readonly string[]): Promise<readonly Prediction[]> {
    await this.start();
    const { worker, pending } = this.#thread ?? {};
    if (!worker || !pending) throw new Error('The thread has just ended.');
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      pending.set(id, { resolve, reject });
      worker.postMessage({ id, model, texts } satisfies ToThread);
    });
  }

  async close(): Promise<void> {
    await this.#thread?.worker.terminate();
  }

  #spawn(): Thread {
    const workerData: ThreadData = { folder: this.#folder };
    const worker = new Worker(new URL('./inference-thread.ts', import.meta.url), { workerData });
    const pending = new Map<number, Pending>();
    const ready = new Promise<Engine>((resolve, reject) => {
      worker.on('message', (message: FromThread) => {
        if (message.type === 'ready') return resolve(message);
        const call = pending.get(message.id);
        pending.delete(message.id);
        if (message.type === 'result') call?.resolve(message.predictions);
        else call?.reject(new Error(message.message));
      });
      let cause: unknown;
      worker.on('error', (error) => (cause = error));
      worker.on('exit', () => {
        if (this.#thread?.worker === worker) this.#thread = undefined;
        const error = new Error('The models’ thread ended.', { cause });
        reject(error);
        for (const call of pending.values()) call.reject(error);
      });
    });
    return { worker, ready, pending };
  }
}
