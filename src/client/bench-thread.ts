import type { BenchCalls, BenchRequest, BenchResponse } from '../protocol/bench.ts';

/** A bench worker, asked one question at a time. It ends with its signal, in the middle of a step too. */
export class BenchThread {
  readonly #worker: Worker;
  readonly #signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    this.#worker = new Worker(new URL('../workers/bench.worker.ts', import.meta.url), {
      type: 'module',
      name: 'bench',
    });
    signal.addEventListener('abort', () => this.#worker.terminate());
  }

  /**
   * @throws the signal's reason when it is aborted; Error with the worker's message
   */
  ask<K extends keyof BenchCalls>(
    name: K,
    request: BenchCalls[K]['request'],
  ): Promise<BenchCalls[K]['result']> {
    const { promise, resolve, reject } = Promise.withResolvers<BenchCalls[K]['result']>();
    const stop = (): void => reject(this.#signal.reason);
    if (this.#signal.aborted) stop();
    this.#signal.addEventListener('abort', stop);
    this.#worker.onmessage = ({ data }: MessageEvent<BenchResponse>) => {
      if ('error' in data) reject(new Error(data.error));
      else resolve(data.result as BenchCalls[K]['result']);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(`The worker stopped: ${event.message}`));
    };
    this.#worker.postMessage({ name, request } as BenchRequest);
    return promise.finally(() => this.#signal.removeEventListener('abort', stop));
  }
}
